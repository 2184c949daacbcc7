package io.tenantry.revocation.listener;

import io.micrometer.core.instrument.Metrics;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.RevocationKind;
import io.tenantry.contract.Selector;
import io.tenantry.revocation.Detected;
import io.tenantry.revocation.ModelChangeDetector;
import io.tenantry.revocation.OfflineRealms;
import io.tenantry.revocation.PromptPublisher;
import io.tenantry.revocation.RealmBreakers;
import io.tenantry.revocation.RealmNotices;
import io.tenantry.revocation.RevocationMetrics;
import io.tenantry.revocation.RevocationPublisher;
import io.tenantry.revocation.RevocationPublisher.Published;
import io.tenantry.revocation.RevocationRules;
import io.tenantry.revocation.TokenLifetimes;
import io.tenantry.revocation.WriteTime;
import io.tenantry.revocation.outbox.DataSetName;
import io.tenantry.revocation.outbox.DrainerThread;
import io.tenantry.revocation.outbox.JpaIssueCutoffs;
import io.tenantry.revocation.outbox.JpaRevocationStore;
import io.tenantry.revocation.outbox.JpaTokenLifetimes;
import io.tenantry.revocation.outbox.RowIds;
import io.tenantry.revocation.redis.RedisPublisher;
import io.tenantry.revocation.secevent.SecurityEvents;
import io.tenantry.settings.PublisherSettings;
import io.tenantry.settings.RedisAddress;
import io.tenantry.settings.SecurityEventSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** One server's way from what was detected to table and publisher. */
final class RevocationService implements AutoCloseable {
    private final Clock clock;
    private final RevocationRules rules;
    private final @Nullable RevocationPublisher publisher;
    private final @Nullable PromptPublisher prompt;
    private final RealmBreakers breakers = new RealmBreakers();
    private final RealmNotices notices = new RealmNotices();
    private final OfflineRealms offline = new OfflineRealms();
    private final RevocationMetrics metrics;
    private final @Nullable SecurityEvents securityEvents;

    /** What the table said last: written with it, a row is checked against the table in the same statement. */
    private final Map<String, TokenLifetimes> notedByRealmId = new ConcurrentHashMap<>();

    private volatile @Nullable DrainerThread drainer;

    RevocationService(PublisherSettings settings, @Nullable SecurityEventSettings events, Clock clock) {
        this.clock = clock;
        this.metrics = new RevocationMetrics(Metrics.globalRegistry, clock, breakers);
        this.rules = new RevocationRules(settings.clockSkew(), RowIds::next);
        this.securityEvents = events == null
                ? null
                : new SecurityEvents(
                        events,
                        settings.publishTimeout(),
                        clock,
                        () -> UUID.randomUUID().toString(),
                        metrics);
        RedisAddress address = settings.address();
        this.publisher = address == null ? null : new RedisPublisher(address, settings);
        this.prompt =
                publisher == null ? null : new PromptPublisher(publisher, breakers, settings.publishTimeout(), metrics);
    }

    Instant now() {
        return clock.instant();
    }

    /** Whether there is somewhere to publish to. */
    boolean isPublishing() {
        return publisher != null;
    }

    /** Why the last attempt to publish for a realm, at most some seconds ago, failed; empty if it succeeded. */
    Optional<String> problem(String realm) {
        return breakers.problem(realm);
    }

    /** What else there is to say of a realm. */
    List<String> notices(String realm) {
        return notices.of(realm);
    }

    /** Starts to publish what is pending and to purge what has expired, once the table is there. */
    void start(KeycloakSessionFactory sessions) {
        if (drainer == null) {
            drainer = DrainerThread.start(
                    sessions,
                    RevocationListenerFactory.ID,
                    (session, realm, detected) ->
                            write(session, realm, detected).revocations(),
                    rules.clockSkew(),
                    publisher,
                    breakers,
                    notices,
                    offline,
                    clock,
                    metrics);
        }
    }

    /**
     * Writes the rows in the session's transaction, after everything else of it: what a lock holds up is held up before
     * the clock is read.
     */
    Written write(KeycloakSession session, RealmModel realm, Set<Detected> found) {
        Set<Detected> detected = goingOn(session, realm, found);
        new JpaRevocationStore(session).writeAllElse();
        WriteTime time = WriteTime.now(clock);
        return new Written(realm.getName(), detected, written(session, realm, detected, time.at()), false, null, time);
    }

    /** Notes that a session of a realm goes on offline from now on. */
    void goesOnOffline(RealmModel realm) {
        offline.add(realm.getId());
    }

    /** The same, but for sessions whose namesakes go on offline and have tokens to come. */
    private Set<Detected> goingOn(KeycloakSession session, RealmModel realm, Set<Detected> detected) {
        if (!offline.mayHave(realm.getId())) {
            return detected;
        }
        return detected.stream()
                .map(each -> each.selector().kind() == RevocationKind.SID
                                && each.isOver()
                                && session.sessions()
                                                .getOfflineUserSession(
                                                        realm,
                                                        each.selector().parts().get(0))
                                        != null
                        ? each.goingOnOffline()
                        : each)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Writes that a realm is gone, in the transaction that removes it: consumers know its keys for hours. Nothing of it can
     * be asked any more, and no key is left to sign with.
     *
     * @param lifetimes of its tokens
     */
    Written writeRemoved(KeycloakSession session, String realm, TokenLifetimes lifetimes) {
        JpaRevocationStore store = new JpaRevocationStore(session);
        store.writeAllElse();
        WriteTime time = WriteTime.now(clock);
        Set<Detected> detected = Set.of(ModelChangeDetector.realmDeleted());
        List<Revocation> revocations = rules.revocations(detected, time.at(), lifetimes);
        store.write(realm, revocations, time.at());
        return new Written(realm, detected, revocations, false, lifetimes, time);
    }

    /** How long the tokens of a realm live that is about to be removed. */
    TokenLifetimes lifetimes(KeycloakSession session, RealmModel realm) {
        JpaTokenLifetimes lifetimes = new JpaTokenLifetimes(session);
        return lifetimes.of(realm, lifetimes.noted(realm));
    }

    private List<Revocation> written(KeycloakSession session, RealmModel realm, Set<Detected> detected, Instant now) {
        JpaTokenLifetimes lifetimes = new JpaTokenLifetimes(session);
        JpaRevocationStore store = new JpaRevocationStore(session);
        TokenLifetimes remembered = notedByRealmId.get(realm.getId());
        if (remembered != null) {
            List<Revocation> revocations = revocations(session, realm, detected, now, lifetimes.of(realm, remembered));
            if (!revocations.isEmpty() && store.writeIfNoted(realm, remembered, revocations, now)) {
                return revocations;
            }
        }
        TokenLifetimes noted = lifetimes.noted(realm);
        if (noted != null) {
            notedByRealmId.put(realm.getId(), noted);
        }
        List<Revocation> revocations = revocations(session, realm, detected, now, lifetimes.of(realm, noted));
        if (!revocations.isEmpty()) {
            store.write(realm.getName(), revocations, now);
        }
        return revocations;
    }

    private List<Revocation> revocations(
            KeycloakSession session, RealmModel realm, Set<Detected> detected, Instant now, TokenLifetimes lifetimes) {
        List<Revocation> revocations = rules.revocations(detected, now, lifetimes);
        return securityEvents == null || revocations.isEmpty()
                ? revocations
                : securityEvents.signed(session, realm, revocations, now);
    }

    /** Notes how long tokens live after a change of the session's transaction, and how long they did before. */
    void noteLifetimes(KeycloakSession session, RealmModel realm, boolean created) {
        JpaTokenLifetimes lifetimes = new JpaTokenLifetimes(session);
        if (!created) {
            lifetimes.noteBefore(session.getKeycloakSessionFactory(), realm);
        }
        lifetimes.note(realm, clock.instant());
    }

    /** The same by order of an operator: Keycloak itself takes back nothing that it covers. */
    Written order(KeycloakSession session, RealmModel realm, Set<Detected> detected) {
        Written written = write(session, realm, detected);
        new JpaIssueCutoffs(session).raise(realm, written.revocations());
        return new Written(written.realm(), detected, written.revocations(), true, null, written.time());
    }

    /** Takes a cutoff back where it is published; throws if it cannot be reached. */
    void withdraw(String realm, Selector selector) {
        RevocationPublisher target = publisher;
        if (target != null) {
            target.withdraw(realm, selector);
        }
    }

    /** What the publisher has of a realm; empty if there is none, or it does not answer in time. */
    Optional<RevocationPublisher.DataSet> inspect(String realm) {
        return prompt == null ? Optional.empty() : prompt.inspect(realm);
    }

    /**
     * Publishes what has been committed, within the time a request may wait; what fails is the drainer's. Where the commit
     * took longer than cutoffs allow for, later ones are committed and published with it.
     *
     * @param session whose transaction it was
     * @return whether it is known to be published
     */
    boolean publish(KeycloakSession session, Written committed) {
        LateCommit.Covered covered = LateCommit.cover(
                committed, () -> WriteTime.now(clock), (late, detected) -> again(session, late, detected));
        return publish(committed.realm(), covered) && covered.settled();
    }

    private Written again(KeycloakSession session, Written late, Set<Detected> detected) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                job -> {
                    TokenLifetimes removed = late.removed();
                    if (removed != null) {
                        return writeRemoved(job, late.realm(), removed);
                    }
                    RealmModel realm = job.realms().getRealmByName(late.realm());
                    if (realm == null) {
                        // Deleted since, which is a revocation of its own
                        return new Written(late.realm(), Set.of(), List.of(), false, null, WriteTime.now(clock));
                    }
                    return late.endsIssue() ? order(job, realm, detected) : write(job, realm, detected);
                },
                "cover a late commit");
    }

    private boolean publish(String realm, LateCommit.Covered covered) {
        List<Revocation> revocations = covered.revocations();
        metrics.detected(revocations);
        PromptPublisher target = prompt;
        DrainerThread notes = drainer;
        Optional<Published> published = target == null ? Optional.empty() : target.publish(realm, revocations);
        if (published.isEmpty()) {
            return false;
        }
        metrics.published(RevocationMetrics.Way.REQUEST, revocations.size());
        String epoch = published.get().epoch();
        // One that no data set took is told again once there is one
        if (notes != null && epoch != null && covered.settled()) {
            notes.acknowledge(new DataSetName(realm, epoch), revocations);
        }
        return true;
    }

    @Override
    public void close() {
        if (drainer != null) {
            drainer.close();
        }
        if (prompt != null) {
            prompt.close();
        }
        if (securityEvents != null) {
            securityEvents.close();
        }
        if (publisher != null) {
            publisher.close();
        }
    }
}
