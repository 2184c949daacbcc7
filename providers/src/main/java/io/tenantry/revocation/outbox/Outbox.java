package io.tenantry.revocation.outbox;

import io.tenantry.contract.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
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

    /**
     * Hands the oldest pending revocations to a publisher, realm by realm, and notes them as published. Rows that another
     * node holds are left to it. What the publisher throws leaves all of them pending.
     *
     * @param createdBefore leaves younger ones to the requests that wrote them
     * @return how many there were
     */
    int drain(Instant now, Instant createdBefore, int limit, BiConsumer<String, List<Revocation>> publisher);

    /** Notes that these have been published. */
    void markPublished(Collection<String> ids, Instant now);

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
     * Rebuilds a realm's data set under a new name, on one node alone.
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
