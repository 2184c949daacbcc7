package io.tenantry.revocation.outbox;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.ModelChangeDetector;
import io.tenantry.revocation.RevocationRules;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.hibernate.LockMode;
import org.hibernate.Timeouts;
import org.hibernate.jpa.HibernateHints;
import org.hibernate.jpa.SpecHints;
import org.hibernate.query.SelectionQuery;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakSessionTaskWithResult;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The table over Keycloak's own sessions and transactions, for use off its request threads. */
final class JpaOutbox implements Outbox {
    private static final int PAGE = 1_000;

    /** Rows that a rebuild hands over at once: several scripts' worth, which the publisher sends together. */
    private static final int REBUILD_PAGE = 5_000;

    /** What expires within this time is not counted: it may be gone where it is published. */
    private static final Duration ABOUT_TO_EXPIRE = Duration.ofMinutes(1);

    private final KeycloakSessionFactory sessions;
    private final String listenerId;
    private final RevocationWriter writer;
    private final Duration clockSkew;

    /**
     * The table of these sessions.
     *
     * @param clockSkew for which a token is good past its end
     */
    JpaOutbox(KeycloakSessionFactory sessions, String listenerId, RevocationWriter writer, Duration clockSkew) {
        this.sessions = sessions;
        this.listenerId = listenerId;
        this.writer = writer;
        this.clockSkew = clockSkew;
    }

    @Override
    public Drained drain(Batch batch, Instant now, Supplier<Lateness> late, Publishing publisher) {
        return inTransaction(entities -> {
            List<RevocationEntity> rows = pending(entities, batch, now);
            // They stay locked; held here, each would be looked at again before every update
            entities.clear();
            Sorted sorted = Sorted.of(rows, late.get());
            List<Revocation> readable = sorted.covering(entities, batch.realm());
            mark(entities, sorted.unreadable(), RevocationEntity.SET_ASIDE);
            Instant upTo = rows.isEmpty()
                    ? batch.createdFrom()
                    : rows.get(rows.size() - 1).createdAt();
            if (readable.isEmpty()) {
                return new Drained(rows.size(), upTo, 0, false);
            }
            String epoch = publisher.apply(readable).epoch();
            if (batch.kept() && (epoch == null || !holdsName(entities, new DataSetName(batch.realm(), epoch)))) {
                return new Drained(rows.size(), upTo, 0, true);
            }
            mark(entities, sorted.pending(), now.toEpochMilli());
            return new Drained(rows.size(), upTo, readable.size(), false);
        });
    }

    /**
     * Rows, by what is to be done with them.
     *
     * @param inTime what can be published as it is
     * @param late what was committed late, and until when
     * @param pending the ids of those of both that are not published yet
     * @param unreadable the ids of the rest
     */
    private record Sorted(
            List<Revocation> inTime, Map<Revocation, Instant> late, List<String> pending, List<String> unreadable) {
        static Sorted of(List<RevocationEntity> rows, Lateness lateness) {
            Sorted sorted = new Sorted(new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
            for (RevocationEntity row : rows) {
                row.readable()
                        .ifPresentOrElse(
                                revocation -> sorted.add(row, revocation, lateness),
                                () -> sorted.unreadable.add(row.id()));
            }
            return sorted;
        }

        private void add(RevocationEntity row, Revocation revocation, Lateness lateness) {
            if (row.publishedAt() != null) {
                inTime.add(revocation);
                return;
            }
            pending.add(row.id());
            lateness.apply(row.id(), row.createdAt())
                    .ifPresentOrElse(until -> late.put(revocation, until), () -> inTime.add(revocation));
        }

        /** What can be published, the late ones raised. */
        List<Revocation> covering(EntityManager entities, String realm) {
            List<Revocation> all = new ArrayList<>(inTime);
            all.addAll(raised(entities, realm, late));
            return all;
        }
    }

    /** Has rows that were committed late cover the time until then, and Keycloak with them where an operator ordered it. */
    private static List<Revocation> raised(EntityManager entities, String realm, Map<Revocation, Instant> late) {
        List<Revocation> all = new ArrayList<>();
        Map<Instant, List<String>> rowsByCutoff = new HashMap<>();
        late.forEach((written, until) -> {
            Revocation raised = RevocationRules.coveringUpTo(until, written);
            all.add(raised);
            if (!raised.equals(written)) {
                rowsByCutoff
                        .computeIfAbsent(raised.cutoff(), cutoff -> new ArrayList<>())
                        .add(raised.id());
            }
        });
        if (rowsByCutoff.isEmpty()) {
            return all;
        }
        rowsByCutoff.forEach((cutoff, ids) -> inPages(
                ids,
                page -> entities.createQuery("update RevocationEntity r set"
                                + " r.expiresAt = r.expiresAt + (:cutoff - r.cutoff), r.cutoff = :cutoff"
                                + " where r.id in :ids")
                        .setParameter("cutoff", cutoff.toEpochMilli())
                        .setParameter("ids", page)
                        .executeUpdate()));
        entities.createQuery("select r.id from RealmEntity r where r.name = :name", String.class)
                .setParameter("name", realm)
                .getResultList()
                .forEach(realmId -> raiseOrdered(entities, realmId, List.copyOf(late.keySet()), all));
        return all;
    }

    private static void raiseOrdered(
            EntityManager entities, String realmId, List<Revocation> written, List<Revocation> raised) {
        Set<String> ordered = new HashSet<>();
        inPages(
                written.stream()
                        .map(each -> CutoffEntity.idOf(realmId, each.selector()))
                        .distinct()
                        .toList(),
                page -> {
                    List<String> known = entities.createQuery(
                                    "select c.id from CutoffEntity c where c.id in :ids", String.class)
                            .setParameter("ids", page)
                            .getResultList();
                    ordered.addAll(known);
                    return known.size();
                });
        for (int i = 0; i < written.size() && !ordered.isEmpty(); i++) {
            String id = CutoffEntity.idOf(realmId, written.get(i).selector());
            if (ordered.contains(id)) {
                entities.createQuery("update CutoffEntity c set c.cutoff = :cutoff where c.id = :id"
                                + " and c.cutoff >= :written and c.cutoff < :cutoff")
                        .setParameter("cutoff", raised.get(i).cutoff().toEpochMilli())
                        .setParameter("written", written.get(i).cutoff().toEpochMilli())
                        .setParameter("id", id)
                        .executeUpdate();
            }
        }
    }

    private static List<RevocationEntity> pending(EntityManager entities, Batch batch, Instant now) {
        TypedQuery<RevocationEntity> query = entities.createQuery(
                        "select r from RevocationEntity r where r.realm = :realm and r.publishedAt is null"
                                + " and r.createdAt >= :createdFrom"
                                + " and (r.createdAt < :createdBefore or r.createdAt > :ahead)"
                                + " and r.expiresAt > :now order by r.createdAt",
                        RevocationEntity.class)
                .setParameter("realm", batch.realm())
                .setParameter("createdFrom", batch.createdFrom().toEpochMilli())
                .setParameter("createdBefore", batch.createdBefore().toEpochMilli())
                .setParameter("ahead", now.plus(Drainer.GRACE).toEpochMilli())
                .setParameter("now", earlier(entities, now).toEpochMilli())
                .setMaxResults(batch.limit());
        return skipLocked(read(query, batch.limit())).getResultList();
    }

    @Override
    public void markPublished(DataSetName dataSet, Collection<String> ids, Instant now) {
        inTransaction(entities -> holdsName(entities, dataSet)
                ? mark(entities, free(entities, List.copyOf(ids)), now.toEpochMilli())
                : Integer.valueOf(0));
    }

    /** Those that nobody else holds, which are held from here on; who has the others sees to them, or a later look does. */
    private static List<String> free(EntityManager entities, List<String> ids) {
        List<String> free = new ArrayList<>();
        inPages(ids, page -> {
            List<String> found = held(
                    entities,
                    entities.createQuery("select r from RevocationEntity r where r.id in :ids", RevocationEntity.class)
                            .setParameter("ids", page));
            free.addAll(found);
            return found.size();
        });
        return free;
    }

    private static List<String> held(EntityManager entities, TypedQuery<RevocationEntity> query) {
        List<String> ids = skipLocked(read(query, PAGE)).getResultList().stream()
                .map(RevocationEntity::id)
                .toList();
        entities.clear();
        return ids;
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

    private static int mark(EntityManager entities, List<String> ids, long publishedAt) {
        return inPages(
                ids,
                page -> entities.createQuery("update RevocationEntity r set r.publishedAt = :now where r.id in :ids")
                        .setParameter("now", publishedAt)
                        .setParameter("ids", page)
                        .executeUpdate());
    }

    /** The sum over all pages: a list of parameters has a limit on some databases. */
    private static int inPages(List<String> ids, ToIntFunction<List<String>> statement) {
        int sum = 0;
        for (int from = 0; from < ids.size(); from += PAGE) {
            sum += statement.applyAsInt(padded(ids.subList(from, Math.min(from + PAGE, ids.size()))));
        }
        return sum;
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
    public List<Pending> pending(Instant now, Collection<String> without, int limit) {
        return inTransaction(entities -> {
            TypedQuery<Object[]> query = entities.createQuery(
                            "select r.id, r.realm, r.createdAt from RevocationEntity r"
                                    + " where r.publishedAt is null and r.expiresAt > :now"
                                    + (without.isEmpty() ? "" : " and r.realm not in :without")
                                    + " order by r.createdAt",
                            Object[].class)
                    .setParameter("now", earlier(entities, now).toEpochMilli())
                    .setMaxResults(limit);
            if (!without.isEmpty()) {
                query.setParameter("without", without);
            }
            return read(query, limit)
                    .getResultStream()
                    .map(row -> new Pending((String) row[0], (String) row[1], Instant.ofEpochMilli((Long) row[2])))
                    .toList();
        });
    }

    @Override
    public Map<String, Waiting> waiting(Instant now) {
        return inTransaction(entities -> entities.createQuery(
                        "select r.realm, count(r), min(r.createdAt), max(r.createdAt) from RevocationEntity r"
                                + " where r.publishedAt is null and r.expiresAt > :now group by r.realm",
                        Object[].class)
                .setParameter("now", earlier(entities, now).toEpochMilli())
                .getResultStream()
                .collect(Collectors.toMap(
                        row -> (String) row[0],
                        row -> new Waiting(
                                (Long) row[1], Instant.ofEpochMilli((Long) row[2]), Instant.ofEpochMilli((Long)
                                        row[3])))));
    }

    @Override
    public List<ListeningRealm> listeningRealms(Instant now) {
        return inTransaction(entities -> {
            Map<String, EpochEntity> known = new HashMap<>();
            entities.createQuery("select e from EpochEntity e", EpochEntity.class)
                    .getResultStream()
                    .forEach(epoch -> known.put(epoch.realm(), epoch));
            List<String> names = entities.createQuery(
                            "select r.name from RealmEntity r where :listener member of r.eventsListeners",
                            String.class)
                    .setParameter("listener", listenerId)
                    .getResultList();
            Set<String> left = new HashSet<>(known.keySet());
            left.removeAll(Set.copyOf(names));
            left.forEach(name -> {
                EpochEntity epoch = known.get(name);
                if (epoch != null && !epoch.isOff() && held(entities, name).isPresent()) {
                    EpochEntity.switchOff(entities, name, now);
                }
            });
            return names.stream()
                    .map(name -> {
                        EpochEntity epoch = known.get(name);
                        return epoch == null
                                ? new ListeningRealm(name, null, false, false)
                                : new ListeningRealm(name, epoch.epoch(), epoch.isWantedAgain(), epoch.isOff());
                    })
                    .toList();
        });
    }

    @Override
    public Set<String> realmsWithOfflineSessions() {
        return inTransaction(entities -> Set.copyOf(entities.createQuery(
                        "select r.id from RealmEntity r where exists (select 1 from PersistentUserSessionEntity s"
                                + " where s.realmId = r.id and s.offline = '1')",
                        String.class)
                .getResultList()));
    }

    @Override
    public Map<String, Long> published(Instant now) {
        // What is about to expire, or has by a clock that is ahead of this one, may be gone where it is published
        return inTransaction(entities ->
                counts(entities, "r.publishedAt > 0", later(entities, now).plus(ABOUT_TO_EXPIRE)));
    }

    @Override
    public Map<String, Long> unreadable(Instant now) {
        return inTransaction(entities -> counts(entities, "r.publishedAt = " + RevocationEntity.SET_ASIDE, now));
    }

    private static Map<String, Long> counts(EntityManager entities, String which, Instant liveAfter) {
        return entities.createQuery(
                        "select r.realm, count(r) from RevocationEntity r where r.expiresAt > :after and " + which
                                + " group by r.realm",
                        Object[].class)
                .setParameter("after", liveAfter.toEpochMilli())
                .getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> (Long) row[1]));
    }

    @Override
    public void readAgain() {
        inTransaction(entities -> entities.createQuery(
                        "update RevocationEntity r set r.publishedAt = null where r.publishedAt = "
                                + RevocationEntity.SET_ASIDE)
                .executeUpdate());
    }

    @Override
    public Rebuilt rebuild(
            ListeningRealm expected,
            String newEpoch,
            Instant now,
            BooleanSupplier clear,
            Supplier<Lateness> late,
            Consumer<List<Revocation>> publisher,
            Runnable seal) {
        try {
            return inSession(session -> {
                EntityManager entities =
                        session.getProvider(JpaConnectionProvider.class).getEntityManager();
                if (!claim(entities, expected, newEpoch)) {
                    return new Elsewhere();
                }
                if (expected.wasOff()) {
                    // Nobody knows what was revoked meanwhile
                    RealmModel realm = session.realms().getRealmByName(expected.name());
                    if (realm != null) {
                        writer.write(session, realm, Set.of(ModelChangeDetector.listenerRestored()));
                    }
                }
                // Cleared before the rows are read: what a request adds to the stream from here on stays there, and
                // whatever it added earlier was committed earlier, so that it is among the rows
                if (!clear.getAsBoolean()) {
                    throw new ContestedException();
                }
                long count = publishAll(entities, expected.name(), now, late, publisher);
                seal.run();
                return new Done(count);
            });
        } catch (ContestedException e) {
            return new Contested();
        }
    }

    /** Undoes the transaction that claimed the data set. */
    private static final class ContestedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static long publishAll(
            EntityManager entities,
            String realm,
            Instant now,
            Supplier<Lateness> late,
            Consumer<List<Revocation>> publisher) {
        Instant liveAfter = earlier(entities, now);
        long count = 0;
        String last = "";
        List<RevocationEntity> page;
        do {
            page = read(
                            entities.createQuery(
                                    "select r from RevocationEntity r where r.realm = :realm"
                                            + " and r.expiresAt > :now and r.id > :last order by r.id",
                                    RevocationEntity.class),
                            REBUILD_PAGE)
                    .setParameter("realm", realm)
                    .setParameter("now", liveAfter.toEpochMilli())
                    .setParameter("last", last)
                    .setMaxResults(REBUILD_PAGE)
                    .getResultList();
            Sorted sorted = Sorted.of(page, late.get());
            List<Revocation> readable = sorted.covering(entities, realm);
            if (!readable.isEmpty()) {
                publisher.accept(readable);
                mark(entities, sorted.pending(), now.toEpochMilli());
                count += readable.size();
            }
            mark(entities, sorted.unreadable(), RevocationEntity.SET_ASIDE);
            last = page.isEmpty() ? last : page.get(page.size() - 1).id();
            entities.clear();
        } while (page.size() == REBUILD_PAGE);
        return count;
    }

    @Override
    public void forgetGone(Instant now, BiConsumer<String, String> drop) {
        List<String> gone = inSession(session -> {
            EntityManager entities =
                    session.getProvider(JpaConnectionProvider.class).getEntityManager();
            Instant at = earlier(entities, now);
            Duration live = new JpaTokenLifetimes(session).longest(at).plus(clockSkew);
            return entities.createQuery(
                            "select e.realm from EpochEntity e where e.offAt < :longAgo"
                                    + " and not exists (select 1 from RealmEntity r where r.name = e.realm)"
                                    + " and not exists (select 1 from RevocationEntity v where v.realm = e.realm"
                                    + " and v.expiresAt > :now)",
                            String.class)
                    .setParameter(
                            "longAgo",
                            at.minus(live)
                                    .minus(RevocationRules.IN_FLIGHT_MARGIN)
                                    .toEpochMilli())
                    .setParameter("now", at.toEpochMilli())
                    .getResultList();
        });
        gone.forEach(realm -> inTransaction(entities -> {
            held(entities, realm).filter(EpochEntity::isOff).ifPresent(epoch -> {
                drop.accept(realm, epoch.epoch());
                entities.remove(epoch);
            });
            return null;
        }));
    }

    @Override
    public Map<String, List<Revocation>> repeatNotBefores(Instant now) {
        return inSession(session -> new JpaNotBefores(session, listenerId, writer).repeat(now));
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
        rows.get(0).rename(newEpoch);
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
            List<String> expired = held(
                    entities,
                    entities.createQuery(
                                    "select r from RevocationEntity r where r.expiresAt <= :now",
                                    RevocationEntity.class)
                            .setParameter("now", earlier(entities, now).toEpochMilli())
                            .setMaxResults(Math.min(limit, PAGE)));
            return expired.isEmpty()
                    ? 0
                    : entities.createQuery("delete from RevocationEntity r where r.id in :ids")
                            .setParameter("ids", expired)
                            .executeUpdate();
        });
    }

    /** By which of two clocks a row is live if either says so: one alone may have jumped. */
    private static Instant earlier(EntityManager entities, Instant now) {
        Instant byDatabase = byDatabase(entities);
        return byDatabase.isBefore(now) ? byDatabase : now;
    }

    /** By which of two clocks a row is live only if both say so. */
    private static Instant later(EntityManager entities, Instant now) {
        Instant byDatabase = byDatabase(entities);
        return byDatabase.isAfter(now) ? byDatabase : now;
    }

    private static Instant byDatabase(EntityManager entities) {
        return entities.createQuery("select instant", Instant.class).getSingleResult();
    }

    /** The name of the realm's data set, held from here on; empty if it has none, or somebody else holds it. */
    private static Optional<EpochEntity> held(EntityManager entities, String realm) {
        return skipLocked(entities.createQuery("select e from EpochEntity e where e.realm = :realm", EpochEntity.class)
                        .setParameter("realm", realm))
                .getResultList()
                .stream()
                .findFirst();
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
