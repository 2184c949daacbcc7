package io.tenantry.revocation.outbox;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.RevocationPublisher.Published;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The table as the drainer uses it: every method is a transaction of its own. */
interface Outbox {
    /** A revocation that is committed but not known to be published. */
    record Pending(String id, String realm, Instant createdAt) {}

    /**
     * A realm that has the listener switched on.
     *
     * @param epoch the name of its data set, or null if none was ever published
     * @param again whether an operator wants it published anew
     * @param wasOff whether the listener was off when this was last looked at
     */
    record ListeningRealm(String name, @Nullable String epoch, boolean again, boolean wasOff) {}

    /** Until when the cutoff of a row must reach, by its id and when it was written; empty if it was committed in time. */
    interface Lateness extends BiFunction<String, Instant, Optional<Instant>> {}

    /** Publishes a realm's revocations. */
    interface Publishing extends Function<List<Revocation>, Published> {}

    /**
     * Which rows of a realm to drain.
     *
     * @param createdFrom leaves out older ones: a batch after the first need not look again at what those before it published
     * @param createdBefore leaves younger ones to the requests that wrote them, but for those that another clock wrote in
     *     what is the future here
     * @param limit how many at most
     * @param kept whether the realm's data set is kept whole; what is published for another counts wherever it went
     */
    record Batch(String realm, Instant createdFrom, Instant createdBefore, int limit, boolean kept) {}

    /**
     * What became of a batch.
     *
     * @param found how many there were
     * @param upTo when the youngest of them was written; what it was looked from if there were none
     * @param published how many of them now count as published
     * @param unnamed whether the others went into something that is not, or not for certain, the data set that the table
     *     names
     */
    record Drained(int found, Instant upTo, int published, boolean unnamed) {}

    /**
     * Hands the oldest pending revocations of a realm to a publisher, and notes them as published. Rows that another node
     * holds are left to it; those that cannot be read are set aside. What the publisher throws leaves all of them pending.
     *
     * <p>A row counts as published only as a part of the data set that the table names, and goes on naming until that is
     * committed: another node may be rebuilding it elsewhere, from what it read before the row was there.
     *
     * @param late until when the cutoff of a row is raised that may have been committed late; asked for once the rows have
     *     been read, as none of them was committed later than that
     */
    Drained drain(Batch batch, Instant now, Supplier<Lateness> late, Publishing publisher);

    /**
     * Notes that these have been published as parts of a data set, unless the table names another, or is about to, or
     * somebody else holds them.
     */
    void markPublished(DataSetName dataSet, Collection<String> ids, Instant now);

    /**
     * All that is committed and pending in a realm, in figures.
     *
     * @param oldest when the oldest was written
     * @param youngest when the youngest was
     */
    record Waiting(long count, Instant oldest, Instant youngest) {}

    /** What is committed and pending, by realm. */
    Map<String, Waiting> waiting(Instant now);

    /**
     * All that is committed and pending, rows that another node holds included; at most {@code limit}.
     *
     * @param without realms to leave out
     */
    List<Pending> pending(Instant now, Collection<String> without, int limit);

    /** The realms for which a watermark is due. Notes which of those that once were are none any more. */
    List<ListeningRealm> listeningRealms(Instant now);

    /** Realms with sessions that go on offline, by id: there a session's id may come again. */
    Set<String> realmsWithOfflineSessions();

    /** How many revocations of each realm are published and live for some time yet. */
    Map<String, Long> published(Instant now);

    /** How many live rows of each realm cannot be read. */
    Map<String, Long> unreadable(Instant now);

    /** Has rows that were set aside looked at once more: this may be a version that can read them. */
    void readAgain();

    /** What became of a rebuild. */
    sealed interface Rebuilt {}

    /** It is done. */
    record Done(long count) implements Rebuilt {}

    /** Another node did it or is at it. */
    record Elsewhere() implements Rebuilt {}

    /** Another installation has the data set. */
    record Contested() implements Rebuilt {}

    /**
     * Rebuilds a realm's data set under a new name, on one node alone, and notes all of it as published. Where the listener
     * was off, all of the realm is revoked first.
     *
     * @param expected the name that was found wanting; another one means that another node has rebuilt it since
     * @param clear called first; false if the data set must be left alone
     * @param late as for what is drained, page by page
     * @param publisher called with every live revocation, page by page
     * @param seal called last
     */
    Rebuilt rebuild(
            ListeningRealm expected,
            String newEpoch,
            Instant now,
            BooleanSupplier clear,
            Supplier<Lateness> late,
            Consumer<List<Revocation>> publisher,
            Runnable seal);

    /**
     * Forgets data sets of realms that are gone, once nothing of them is live and no token can be that was issued before
     * they went: until then a realm that comes under the name is known to have been off.
     *
     * @param drop called for each before, with the realm's name and the data set's
     */
    void forgetGone(Instant now, BiConsumer<String, String> drop);

    /**
     * Says not-befores again that lie ahead: no cutoff reaches further than tokens can be issued. Returns what it has
     * committed, by realm, to be published at once.
     */
    Map<String, List<Revocation>> repeatNotBefores(Instant now);

    /** Notes how long tokens live now, where nobody has: changes are noted as they are made, but not all announce themselves. */
    void noteLifetimes(Instant now);

    /**
     * Deletes what has expired, by this clock and by the database's, and nobody else holds; at most {@code limit}. Returns
     * how many.
     */
    int purge(Instant now, int limit);
}
