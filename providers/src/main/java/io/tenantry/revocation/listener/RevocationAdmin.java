package io.tenantry.revocation.listener;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.Detected;
import io.tenantry.revocation.PublishException;
import io.tenantry.revocation.RevocationOrder;
import io.tenantry.revocation.RevocationPublisher.DataSet;
import io.tenantry.revocation.RevocationRules;
import io.tenantry.revocation.outbox.JpaIssueCutoffs;
import io.tenantry.revocation.outbox.JpaLiveRevocations;
import io.tenantry.settings.PublisherSettings;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantId;
import io.tenantry.time.ServerClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * What an operator may order and ask of a realm's revocations. An order is committed and published before any session is
 * ended, in a transaction of its own: that is what must not wait.
 */
public final class RevocationAdmin {
    private static final int MEMBERS_AT_ONCE = 100;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RevocationService service;

    /** Speaks of the realm in the session's context. */
    public RevocationAdmin(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.service = RevocationListenerFactory.service(session);
    }

    /**
     * What has been done.
     *
     * @param published whether consumers were told while the caller waited; if not, the drainer goes on trying
     */
    public record Issued(
            List<Revocation> revocations, boolean published, int userSessionsEnded, int clientSessionsEnded) {
        public Issued {
            revocations = List.copyOf(revocations);
        }

        private Issued with(TenantSessions.Ended ended) {
            return new Issued(revocations, published, ended.userSessions(), ended.clientSessions());
        }
    }

    /** Notes the order in its own transaction. */
    public interface Audit extends BiConsumer<KeycloakSession, Detected> {}

    /** Why an order would reach nobody; empty if it would not. */
    public Optional<String> obstacle() {
        if (!listening()) {
            return Optional.of("The realm does not publish revocations: add " + RevocationListenerFactory.ID
                    + " under Realm settings, Events");
        }
        return service.isPublishing()
                ? Optional.empty()
                : Optional.of("The server knows no Redis to publish to: start it with "
                        + PublisherSettings.OPTION_PREFIX + PublisherSettings.URI);
    }

    /** Ends trust in all that was issued for a tenant, and the sessions that can be told to be its. */
    public Issued tenant(Tenant tenant, Audit audit) {
        Issued issued = order(RevocationOrder.tenant(tenant.id().value()), true, audit);
        if (tenant instanceof OrganizationTenant shared) {
            return issued.with(endSessions(shared.organization().getId(), tenant.id()));
        }
        TenantSessions.Ended all = allSessions();
        session.sessions().removeUserSessions(realm);
        return issued.with(all);
    }

    private TenantSessions.Ended allSessions() {
        UserSessionProvider sessions = session.sessions();
        long users;
        try (Stream<UserSessionModel> online = sessions.readOnlyStreamUserSessions(realm);
                Stream<UserSessionModel> offline = sessions.readOnlyStreamOfflineUserSessions(realm)) {
            users = online.count() + offline.count();
        }
        long clients = Stream.of(false, true)
                .flatMap(offline -> sessions.getActiveClientSessionStats(realm, offline).values().stream())
                .mapToLong(Long::longValue)
                .sum();
        return new TenantSessions.Ended(Math.toIntExact(users), Math.toIntExact(clients));
    }

    private TenantSessions.Ended endSessions(String organizationId, TenantId tenant) {
        TenantSessions.Ended ended = TenantSessions.Ended.NONE;
        int first = 0;
        int members;
        do {
            int from = first;
            Batch batch = KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(),
                    session.getContext(),
                    job -> endSessions(job, organizationId, tenant, from),
                    "end sessions of a tenant");
            ended = ended.plus(batch.ended());
            members = batch.members();
            first += members;
        } while (members == MEMBERS_AT_ONCE);
        return ended;
    }

    private record Batch(int members, TenantSessions.Ended ended) {}

    private static Batch endSessions(KeycloakSession job, String organizationId, TenantId tenant, int first) {
        OrganizationProvider organizations = job.getProvider(OrganizationProvider.class);
        List<UserModel> members = organizations
                .getMembersStream(organizations.getById(organizationId), Map.of(), true, first, MEMBERS_AT_ONCE)
                .toList();
        TenantSessions sessions = new TenantSessions(job, job.getContext().getRealm(), tenant);
        return new Batch(
                members.size(),
                members.stream().map(sessions::end).reduce(TenantSessions.Ended.NONE, TenantSessions.Ended::plus));
    }

    /** Ends trust in all that was issued for a user, and the user's sessions, offline ones included. */
    public Issued user(UserModel user, Audit audit) {
        Issued issued = order(RevocationOrder.user(user.getId(), null), true, audit);
        List<UserSessionModel> online =
                session.sessions().getUserSessionsStream(realm, user).toList();
        List<UserSessionModel> offline =
                session.sessions().getOfflineUserSessionsStream(realm, user).toList();
        int clients = 0;
        SessionEndings.expect(session);
        for (UserSessionModel each : online) {
            clients += each.getAuthenticatedClientSessions().size();
            AuthenticationManager.backchannelLogout(
                    session,
                    realm,
                    each,
                    session.getContext().getUri(),
                    session.getContext().getConnection(),
                    session.getContext().getHttpRequest().getHttpHeaders(),
                    true);
        }
        for (UserSessionModel each : offline) {
            clients += each.getAuthenticatedClientSessions().size();
            session.sessions().removeOfflineUserSession(realm, each);
        }
        return issued.with(new TenantSessions.Ended(online.size() + offline.size(), clients));
    }

    /** The same for what concerns one tenant. */
    public Issued user(UserModel user, Tenant tenant, Audit audit) {
        return order(RevocationOrder.user(user.getId(), tenant.id().value()), true, audit)
                .with(new TenantSessions(session, realm, tenant.id()).end(user));
    }

    /** Ends trust in all that was issued to a client. Its users' sessions are theirs, and stay. */
    public Issued client(ClientModel client, Audit audit) {
        return order(RevocationOrder.client(client.getClientId()), true, audit);
    }

    /** Ends trust in one access token. */
    public Issued token(String tokenId, Audit audit) {
        return order(RevocationOrder.token(tokenId), false, audit);
    }

    private Issued order(Detected detected, boolean issueEnds, Audit audit) {
        Written written = KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                job -> {
                    RealmModel jobRealm = job.getContext().getRealm();
                    // First, as whatever holds it up must not fall between the cutoff and the commit
                    audit.accept(job, detected);
                    Set<Detected> all = Set.of(detected);
                    return issueEnds ? service.order(job, jobRealm, all) : service.write(job, jobRealm, all);
                },
                "order a revocation");
        return new Issued(written.revocations(), service.publish(session, written), 0, 0);
    }

    /** A page of the live revocations, the newest first. */
    public List<JpaLiveRevocations.Row> live(int first, int max) {
        return new JpaLiveRevocations(session, realm).page(now(), first, max);
    }

    /** How many live ones there are. */
    public long liveCount() {
        return new JpaLiveRevocations(session, realm).count(now());
    }

    /**
     * How publishing stands.
     *
     * @param listening whether the realm has the listener
     * @param configured whether the server knows a Redis
     * @param expectedEpoch the name that the data set should have; null before it was first published
     * @param found what the publisher has; null if it did not answer
     * @param problem why the last attempt to publish failed; null if it succeeded
     * @param notices what else an operator should look at
     */
    public record Status(
            boolean listening,
            boolean configured,
            long live,
            long pending,
            @Nullable Duration oldestPendingAge,
            @Nullable String expectedEpoch,
            @Nullable DataSet found,
            @Nullable Duration watermarkAge,
            @Nullable String problem,
            List<String> notices) {
        public Status {
            notices = List.copyOf(notices);
        }
    }

    /** Asks table and publisher now. */
    public Status status() {
        Instant now = now();
        JpaLiveRevocations live = new JpaLiveRevocations(session, realm);
        DataSet found = service.inspect(realm.getName()).orElse(null);
        Instant watermark = found == null ? null : found.watermark();
        return new Status(
                listening(),
                service.isPublishing(),
                live.count(now),
                live.pending(now),
                live.oldestPending(now)
                        .map(since -> Duration.between(since, now))
                        .orElse(null),
                live.epoch(),
                found,
                watermark == null ? null : Duration.between(watermark, now),
                service.problem(realm.getName()).orElse(null),
                service.notices(realm.getName()));
    }

    /** Has everything live published anew, by whichever node comes to it first. */
    public void republish() {
        new JpaLiveRevocations(session, realm).wantAgain(now());
    }

    /** The live revocation of this id; empty if there is none. */
    public Optional<Revocation> find(String id) {
        return new JpaLiveRevocations(session, realm).find(id, now());
    }

    /**
     * Takes a cutoff that lies ahead back to now: what was issued before stays revoked. Throws {@link PublishException}
     * where the key cannot be removed.
     */
    public void takeBack(Revocation ahead) {
        JpaLiveRevocations live = new JpaLiveRevocations(session, realm);
        live.lowerTo(now(), ahead.selector());
        new JpaIssueCutoffs(session).lowerTo(now(), realm, ahead.selector());
        live.wantAgain(now());
        String name = realm.getName();
        service.withdraw(name, ahead.selector());
        // Until now a drainer may have raised it again, from the rows as they were
        session.getTransactionManager()
                .enlistAfterCompletion(RevocationUnit.transaction(() -> service.withdraw(name, ahead.selector())));
    }

    /** Whether it covers what cannot have been issued yet, though its selector may be issued for again. */
    public boolean liesAhead(Revocation revocation) {
        return switch (revocation.selector().kind()) {
            case JTI, SID -> false;
            case SUB, MEMBER, TENANT, GRANT, AZP, REALM -> revocation.cutoff().isAfter(latest());
        };
    }

    private static Instant latest() {
        return now().plus(RevocationRules.IN_FLIGHT_MARGIN);
    }

    private boolean listening() {
        return RevocationListenerFactory.listensTo(realm);
    }

    private static Instant now() {
        return ServerClock.INSTANCE.instant();
    }
}
