package io.tenantry.revocation.listener;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.CircuitBreaker;
import io.tenantry.revocation.Detected;
import io.tenantry.revocation.PromptPublisher;
import io.tenantry.revocation.RevocationPublisher;
import io.tenantry.revocation.RevocationRules;
import io.tenantry.revocation.outbox.DrainerThread;
import io.tenantry.revocation.outbox.JpaRevocationStore;
import io.tenantry.revocation.outbox.JpaTokenLifetimes;
import io.tenantry.revocation.redis.RedisPublisher;
import io.tenantry.settings.PublisherSettings;
import io.tenantry.settings.RedisAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/** One server's way from what was detected to table and publisher. */
final class RevocationService implements AutoCloseable {
    private final Clock clock;
    private final RevocationRules rules;
    private final @Nullable RevocationPublisher publisher;
    private final @Nullable PromptPublisher prompt;
    private final CircuitBreaker breaker = new CircuitBreaker();
    private volatile @Nullable DrainerThread drainer;

    RevocationService(PublisherSettings settings, Clock clock) {
        this.clock = clock;
        this.rules = new RevocationRules(
                settings.clockSkew(), () -> UUID.randomUUID().toString());
        RedisAddress address = settings.address();
        this.publisher = address == null ? null : new RedisPublisher(address, settings);
        this.prompt = publisher == null ? null : new PromptPublisher(publisher, breaker, settings.publishTimeout());
    }

    /** Whether there is somewhere to publish to. */
    boolean isPublishing() {
        return publisher != null;
    }

    /** Whether the last attempt to publish, at most some seconds ago, succeeded. */
    boolean isReachable() {
        return !breaker.isOpen();
    }

    /** Starts to publish what is pending and to purge what has expired, once the table is there. */
    void start(KeycloakSessionFactory sessions) {
        if (drainer == null) {
            drainer = DrainerThread.start(sessions, RevocationListenerFactory.ID, publisher, breaker, clock);
        }
    }

    /** Writes the rows in the session's transaction. */
    List<Revocation> write(KeycloakSession session, RealmModel realm, Set<Detected> detected) {
        Instant now = clock.instant();
        List<Revocation> revocations = rules.revocations(detected, now, JpaTokenLifetimes.longest(session, realm));
        if (!revocations.isEmpty()) {
            new JpaRevocationStore(session).write(realm.getName(), revocations, now);
        }
        return revocations;
    }

    /** Publishes what has been committed, within the time a request may wait; what fails is the drainer's. */
    void publish(String realm, List<Revocation> revocations) {
        PromptPublisher target = prompt;
        DrainerThread notes = drainer;
        if (target != null && target.publish(realm, revocations) && notes != null) {
            notes.acknowledge(revocations.stream().map(Revocation::id).toList());
        }
    }

    @Override
    public void close() {
        if (drainer != null) {
            drainer.close();
        }
        if (prompt != null) {
            prompt.close();
        }
        if (publisher != null) {
            publisher.close();
        }
    }
}
