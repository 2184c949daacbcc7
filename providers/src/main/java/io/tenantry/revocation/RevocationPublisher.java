package io.tenantry.revocation;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where consumers learn of revocations. Another channel than Redis is another implementation of this; the table, the
 * drainer and the circuit breaker stay as they are.
 *
 * <p>A data set is all that is published for one realm. Every method throws {@link PublishException} when it cannot be
 * sure that it succeeded, and may be repeated then.
 */
public interface RevocationPublisher extends AutoCloseable {
    /** Whether one that does not answer for one realm answers for none. */
    default boolean failsAsOne() {
        return true;
    }

    /**
     * What is to be stated of a realm's data set, if it is as expected.
     *
     * @param epoch the name that it must have
     * @param watermark every revocation committed by then has been published; null to check alone
     * @param now the publisher's time
     * @param live how many live revocations it must hold at least; null if nobody has counted
     */
    record Claim(
            String realm,
            String epoch,
            @Nullable Instant watermark,
            Instant now,
            @Nullable Long live) {}

    /** How a data set stands against a claim. */
    sealed interface Verdict {}

    /**
     * It is the expected one, and whole as far as can be told.
     *
     * @param watermark up to when it claims to be complete now: another node may have said more; null if it claims nothing
     * @param strays how many entries were taken out of it that nobody can read
     * @param contested whether another installation wants to publish under the realm's name
     */
    record Intact(@Nullable Instant watermark, long strays, boolean contested) implements Verdict {}

    /** It is missing, another one, or may have lost something: it must be rebuilt. */
    record Lost() implements Verdict {}

    /** Nobody knows. */
    record Unknown(PublishException reason) implements Verdict {}

    /**
     * What is there.
     *
     * @param epoch its name, or null if it has none
     * @param watermark up to when it claims to be complete, or null if it claims nothing
     */
    record DataSet(@Nullable String epoch, @Nullable Instant watermark) {}

    /**
     * That revocations are known.
     *
     * @param epoch the data set that took them; null if it has no name, as while it is rebuilt
     */
    record Published(@Nullable String epoch) {}

    /** Looks at a realm's data set. */
    DataSet inspect(String realm);

    /** Makes revocations known, in order. A cutoff that is already known to be later stays. */
    Published publish(String realm, List<Revocation> revocations);

    /**
     * Whether {@link #publish} would wait for one answer alone, and not for a connection: then it ends within the timeout
     * on the caller's own thread.
     *
     * @param count how many revocations there are to publish
     * @param callers how many may be about to do so, the one who asks included
     */
    default boolean waitsForOneAnswer(int count, int callers) {
        return false;
    }

    /**
     * Checks data sets, and moves the watermarks of those that are intact on. What one of them meets keeps no other
     * waiting: this throws nothing of its own.
     *
     * @param claims of different realms
     * @return the verdict on each, by realm
     */
    Map<String, Verdict> advance(Collection<Claim> claims);

    /**
     * Forgets the data set's history, so that it can be published anew; cutoffs stay until they expire.
     *
     * @param expected the name that it should have; null if none
     * @param force whether to take it even from an installation that keeps it current under another name
     * @return whether it may be published now; if not, it is another installation's
     */
    boolean clear(String realm, @Nullable String expected, boolean force);

    /** Takes a cutoff back, as far as no other revocation has it. */
    void withdraw(String realm, Selector selector);

    /** Removes what is left of a data set that nobody needs any more, unless another installation's stands there by now. */
    void drop(String realm, String epoch);

    /** Names the data set, now that it has been published whole; fails if any of it was lost since it was cleared. */
    void seal(String realm, String epoch);

    @Override
    void close();
}
