package io.tenantry.revocation.outbox;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.RevocationPublisher.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The table as the drainer uses it: every method is a transaction of its own. */
interface Outbox {
    /** A revocation that is committed but not known to be published. */
    record Pending(String id, String realm) {}

    /**
     * A realm that has the listener switched on.
     *
     * @param epoch the name of its data set, or null if none was ever published
     */
    record ListeningRealm(String name, @Nullable String epoch) {}

    /** Publishes a realm's revocations. */
    interface Publishing extends BiFunction<String, List<Revocation>, Published> {}

    /**
     * What became of a batch.
     *
     * @param found how many there were
     * @param upTo when the youngest of them was written; what it was looked from if there were none
     * @param published how many of them now count as published
     * @param unnamed the realms of the others: what took them is not, or not for certain, the data set that the table names
     */
    record Drained(int found, Instant upTo, int published, Set<String> unnamed) {}

    /**
     * Hands the oldest pending revocations to a publisher, realm by realm, and notes them as published. Rows that another
     * node holds are left to it. What the publisher throws leaves all of them pending.
     *
     * <p>A row counts as published only as a part of the data set that the table names, and goes on naming until that is
     * committed: another node may be rebuilding it elsewhere, from what it read before the row was there.
     *
     * @param createdFrom leaves out older ones: a batch after the first need not look again at what those before it published
     * @param createdBefore leaves younger ones to the requests that wrote them
     * @param kept the realms whose data sets are kept whole; what is published for another counts wherever it went
     * @param passedOver realms to leave out
     */
    Drained drain(
            Instant now,
            Instant createdFrom,
            Instant createdBefore,
            int limit,
            Set<String> kept,
            Set<String> passedOver,
            Publishing publisher);

    /** Notes that these have been published as parts of a data set, unless the table names another, or is about to. */
    void markPublished(DataSetName dataSet, Collection<String> ids, Instant now);

    /** All that is committed and pending, rows that another node holds included; at most {@code limit}. */
    List<Pending> pending(Instant now, int limit);

    /**
     * All that is committed and pending, in figures.
     *
     * @param oldest when the oldest was written; null if there is none
     */
    record Backlog(long count, @Nullable Instant oldest) {}

    /** How much is pending, of all realms. */
    Backlog backlog(Instant now);

    /** The realms for which a watermark is due. */
    List<ListeningRealm> listeningRealms();

    /** How long after it was written any live revocation is needed, by realm. */
    Map<String, Duration> retentions(Instant now);

    /**
     * Rebuilds a realm's data set under a new name, on one node alone, and notes all of it as published.
     *
     * @param expected the name that was found wanting; another one means that another node has rebuilt it since
     * @param clear called first
     * @param publisher called with every live revocation, page by page
     * @param seal called last
     * @return how many there were, or -1 if another node did it or is at it
     */
    long rebuild(
            ListeningRealm expected,
            String newEpoch,
            Instant now,
            Runnable clear,
            Consumer<List<Revocation>> publisher,
            Runnable seal);

    /** Notes how long tokens live now, where nobody has: changes are noted as they are made, but not all announce themselves. */
    void noteLifetimes(Instant now);

    /** Deletes what has expired; at most {@code limit}. Returns how many. */
    int purge(Instant now, int limit);
}
