package io.tenantry.revocation;

import io.tenantry.contract.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where consumers learn of revocations. Another channel than Redis is another implementation of this; the table, the
 * drainer and the circuit breaker stay as they are.
 *
 * <p>A data set is all that is published for one realm. Every method throws {@link PublishException} when it cannot be
 * sure that it succeeded, and may be repeated then.
 */
public interface RevocationPublisher extends AutoCloseable {
    /** How a data set stands against what is expected of it. */
    enum DataSetState {
        /** It is the expected one, whole as far as can be told, and holds this watermark or a newer one. */
        INTACT,
        /** It is missing, another one, or may have lost something: it must be rebuilt. */
        LOST
    }

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
     * Checks the data set, and if it is intact, states up to when it is complete.
     *
     * @param epoch the name that the data set must have
     * @param watermark every revocation committed by then has been published; null to check alone
     * @param retention how long after its publication any revocation may still be needed; null to trim nothing
     */
    DataSetState advance(String realm, String epoch, @Nullable Instant watermark, @Nullable Duration retention);

    /** Forgets the data set's history, so that it can be published anew; cutoffs stay until they expire. */
    void clear(String realm);

    /** Names the data set, now that it has been published whole; fails if any of it was lost since it was cleared. */
    void seal(String realm, String epoch);

    @Override
    void close();
}
