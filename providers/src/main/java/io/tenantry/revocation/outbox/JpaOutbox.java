package io.tenantry.revocation.outbox;

import io.tenantry.contract.Revocation;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.LockMode;
import org.hibernate.Timeouts;
import org.hibernate.jpa.HibernateHints;
import org.hibernate.jpa.SpecHints;
import org.hibernate.query.SelectionQuery;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The table over Keycloak's own sessions and transactions, for use off its request threads. */
final class JpaOutbox implements Outbox {
    private static final int PAGE = 1_000;

    private final KeycloakSessionFactory sessions;
    private final String listenerId;

    JpaOutbox(KeycloakSessionFactory sessions, String listenerId) {
        this.sessions = sessions;
        this.listenerId = listenerId;
    }

    @Override
    public Drained drain(
            Instant now,
            Instant createdFrom,
            Instant createdBefore,
            int limit,
            Set<String> kept,
            Set<String> passedOver,
            Publishing publisher) {
        return inTransaction(entities -> {
            List<RevocationEntity> rows = pending(entities, now, createdFrom, createdBefore, limit, passedOver);
            Map<String, List<Revocation>> byRealm = new LinkedHashMap<>();
            for (RevocationEntity row : rows) {
                byRealm.computeIfAbsent(row.realm(), realm -> new ArrayList<>()).add(row.revocation());
            }
            // They stay locked; held here, each would be looked at again before every update
            entities.clear();
            List<String> published = new ArrayList<>();
            Set<String> unnamed = new HashSet<>();
            byRealm.forEach((realm, revocations) -> {
                String epoch = publisher.apply(realm, revocations).epoch();
                if (!kept.contains(realm) || (epoch != null && holdsName(entities, new DataSetName(realm, epoch)))) {
                    revocations.forEach(revocation -> published.add(revocation.id()));
                } else {
                    unnamed.add(realm);
                }
            });
            markPublished(entities, published, now);
            Instant upTo =
                    rows.isEmpty() ? createdFrom : rows.get(rows.size() - 1).createdAt();
            return new Drained(rows.size(), upTo, published.size(), unnamed);
        });
    }

    private static List<RevocationEntity> pending(
            EntityManager entities,
            Instant now,
            Instant createdFrom,
            Instant createdBefore,
            int limit,
            Set<String> passedOver) {
        TypedQuery<RevocationEntity> query = entities.createQuery(
                        "select r from RevocationEntity r where r.publishedAt is null"
                                + " and r.createdAt >= :createdFrom and r.createdAt < :createdBefore"
                                + " and r.expiresAt > :now"
                                + (passedOver.isEmpty() ? "" : " and r.realm not in :passedOver")
                                + " order by r.createdAt",
                        RevocationEntity.class)
                .setParameter("createdFrom", createdFrom.toEpochMilli())
                .setParameter("createdBefore", createdBefore.toEpochMilli())
                .setParameter("now", now.toEpochMilli())
                .setMaxResults(limit);
        read(query, limit);
        if (!passedOver.isEmpty()) {
            query.setParameter("passedOver", passedOver);
        }
        return skipLocked(query).getResultList();
    }

    @Override
    public void markPublished(DataSetName dataSet, Collection<String> ids, Instant now) {
        inTransaction(entities ->
                holdsName(entities, dataSet) ? markPublished(entities, List.copyOf(ids), now) : Integer.valueOf(0));
    }

    /**
     * Whether the table names this data set, and will until this transaction ends: the name's row is held, together with
     * others who only read it. A node that is renaming it holds it alone, until it has rebuilt the data set.
     */
    private static boolean holdsName(EntityManager entities, DataSetName dataSet) {
        return !entities.createQuery(
                        "select e from EpochEntity e where e.realm = :realm and e.epoch = :epoch", EpochEntity.class)
                .setParameter("realm", dataSet.realm())
                .setParameter("epoch", dataSet.epoch())
                .setLockMode(LockModeType.PESSIMISTIC_READ)
                .setHint(SpecHints.HINT_SPEC_LOCK_TIMEOUT, Timeouts.SKIP_LOCKED.milliseconds())
                .getResultList()
                .isEmpty();
    }

    private static int markPublished(EntityManager entities, List<String> ids, Instant now) {
        int marked = 0;
        // A list of parameters has a limit on some databases
        for (int from = 0; from < ids.size(); from += PAGE) {
            marked += entities.createQuery("update RevocationEntity r set r.publishedAt = :now where r.id in :ids")
                    .setParameter("now", now.toEpochMilli())
                    .setParameter("ids", padded(ids.subList(from, Math.min(from + PAGE, ids.size()))))
                    .executeUpdate();
        }
        return marked;
    }

    /** As many as the next power of two, the last repeated: the database knows a few statements, not a thousand. */
    private static List<String> padded(List<String> ids) {
        List<String> padded = new ArrayList<>(ids);
        int size = Math.min(PAGE, Integer.highestOneBit(Math.max(1, ids.size() - 1)) * 2);
        while (padded.size() < size) {
            padded.add(ids.get(ids.size() - 1));
        }
        return padded;
    }

    /** Has rows come in one answer rather than in some dozens each, and not be looked through for changes later. */
    private static <T> TypedQuery<T> read(TypedQuery<T> query, int rows) {
        return query.setHint(HibernateHints.HINT_FETCH_SIZE, rows).setHint(HibernateHints.HINT_READ_ONLY, true);
    }

    @Override
    public List<Pending> pending(Instant now, int limit) {
        return inTransaction(entities -> read(
                        entities.createQuery(
                                "select r.id, r.realm from RevocationEntity r where r.publishedAt is null"
                                        + " and r.expiresAt > :now order by r.createdAt",
                                Object[].class),
                        limit)
                .setParameter("now", now.toEpochMilli())
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> new Pending((String) row[0], (String) row[1]))
                .toList());
    }

    @Override
    public Backlog backlog(Instant now) {
        return inTransaction(entities -> {
            Object[] row = entities.createQuery(
                            "select count(r), min(r.createdAt) from RevocationEntity r where r.publishedAt is null"
                                    + " and r.expiresAt > :now",
                            Object[].class)
                    .setParameter("now", now.toEpochMilli())
                    .getSingleResult();
            Long oldest = (Long) row[1];
            return new Backlog((Long) row[0], oldest == null ? null : Instant.ofEpochMilli(oldest));
        });
    }

    @Override
    public List<ListeningRealm> listeningRealms() {
        return inTransaction(entities -> {
            Map<String, String> epochs = new HashMap<>();
            entities.createQuery("select e from EpochEntity e", EpochEntity.class)
                    .getResultStream()
                    .forEach(epoch -> epochs.put(epoch.realm(), epoch.epoch()));
            return entities.createQuery(
                            "select r.name from RealmEntity r where :listener member of r.eventsListeners",
                            String.class)
                    .setParameter("listener", listenerId)
                    .getResultStream()
                    .map(name -> new ListeningRealm(name, epochs.get(name)))
                    .toList();
        });
    }

    @Override
    public Map<String, Duration> retentions(Instant now) {
        return inTransaction(entities -> {
            Map<String, Duration> retentions = new HashMap<>();
            entities.createQuery(
                            "select r.realm, max(r.expiresAt - r.createdAt) from RevocationEntity r"
                                    + " where r.expiresAt > :now group by r.realm",
                            Object[].class)
                    .setParameter("now", now.toEpochMilli())
                    .getResultStream()
                    .forEach(row -> retentions.put((String) row[0], Duration.ofMillis(((Number) row[1]).longValue())));
            return retentions;
        });
    }

    @Override
    public long rebuild(
            ListeningRealm expected,
            String newEpoch,
            Instant now,
            Runnable clear,
            Consumer<List<Revocation>> publisher,
            Runnable seal) {
        return inTransaction(entities -> {
            if (!claim(entities, expected, newEpoch)) {
                return -1L;
            }
            // Cleared before the rows are read: what a request adds to the stream from here on stays there, and
            // whatever
            // it added earlier was committed earlier, so that it is among the rows
            clear.run();
            long count = 0;
            String last = "";
            List<RevocationEntity> page;
            do {
                page = read(
                                entities.createQuery(
                                        "select r from RevocationEntity r where r.realm = :realm"
                                                + " and r.expiresAt > :now and r.id > :last order by r.id",
                                        RevocationEntity.class),
                                PAGE)
                        .setParameter("realm", expected.name())
                        .setParameter("now", now.toEpochMilli())
                        .setParameter("last", last)
                        .setMaxResults(PAGE)
                        .getResultList();
                if (!page.isEmpty()) {
                    publisher.accept(
                            page.stream().map(RevocationEntity::revocation).toList());
                    markPublished(
                            entities,
                            page.stream()
                                    .filter(row -> row.publishedAt() == null)
                                    .map(RevocationEntity::id)
                                    .toList(),
                            now);
                    count += page.size();
                    last = page.get(page.size() - 1).id();
                    entities.clear();
                }
            } while (page.size() == PAGE);
            seal.run();
            return count;
        });
    }

    /** Takes the realm's row for this transaction, renamed; false if another node has it or has renamed it before. */
    private static boolean claim(EntityManager entities, ListeningRealm expected, String newEpoch) {
        String known = expected.epoch();
        if (known == null) {
            // Two nodes at once: the second waits for the first, then fails on the key and finds it done at its next
            // tick
            entities.persist(new EpochEntity(expected.name(), newEpoch));
            entities.flush();
            return true;
        }
        List<EpochEntity> rows = skipLocked(entities.createQuery(
                                "select e from EpochEntity e where e.realm = :realm and e.epoch = :epoch",
                                EpochEntity.class)
                        .setParameter("realm", expected.name())
                        .setParameter("epoch", known))
                .getResultList();
        if (rows.isEmpty()) {
            return false;
        }
        rows.get(0).setEpoch(newEpoch);
        entities.flush();
        return true;
    }

    @Override
    public void noteLifetimes(Instant now) {
        Map<String, Duration> unnoted = inSession(session -> {
            JpaTokenLifetimes lifetimes = new JpaTokenLifetimes(session);
            lifetimes.forgetGone();
            return lifetimes.unnoted();
        });
        // Each by itself: another node may be at the same
        unnoted.forEach((realmId, inForce) -> inSession(session -> {
            new JpaTokenLifetimes(session).note(realmId, inForce, now);
            return null;
        }));
    }

    @Override
    public int purge(Instant now, int limit) {
        return inTransaction(entities -> {
            List<String> expired = entities.createQuery(
                            "select r.id from RevocationEntity r where r.expiresAt <= :now", String.class)
                    .setParameter("now", now.toEpochMilli())
                    .setMaxResults(Math.min(limit, PAGE))
                    .getResultList();
            return expired.isEmpty()
                    ? 0
                    : entities.createQuery("delete from RevocationEntity r where r.id in :ids")
                            .setParameter("ids", expired)
                            .executeUpdate();
        });
    }

    private static <T> TypedQuery<T> skipLocked(TypedQuery<T> query) {
        query.setLockMode(LockModeType.PESSIMISTIC_WRITE);
        query.unwrap(SelectionQuery.class).setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED);
        return query;
    }

    private <T> T inTransaction(Function<EntityManager, T> work) {
        return inSession(session ->
                work.apply(session.getProvider(JpaConnectionProvider.class).getEntityManager()));
    }

    private <T> T inSession(KeycloakSessionTaskWithResult<T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(sessions, work);
    }
}
