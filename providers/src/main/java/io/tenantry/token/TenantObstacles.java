package io.tenantry.token;

import io.tenantry.proof.SessionProof;
import io.tenantry.proof.SessionProofs;
import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** What stands between a person with a client and a tenant's tokens, at this moment. */
final class TenantObstacles {
    private static final Logger LOG = Logger.getLogger(TenantObstacles.class);

    private final KeycloakSession session;
    private final Tenants tenants;
    private final ClientTenants client;
    private final UserModel user;
    private final Map<TenantId, Optional<Tenant>> known = new HashMap<>();

    TenantObstacles(KeycloakSession session, ClientModel client, UserModel user) {
        this.session = session;
        this.tenants = new Tenants(session);
        this.client = ClientTenants.of(client);
        this.user = user;
    }

    /** Which tenants the client works for. */
    ClientTenants client() {
        return client;
    }

    /** The tenant with this id, disabled or not; looked up once. */
    Optional<Tenant> tenant(TenantId id) {
        return known.computeIfAbsent(id, tenants::byId);
    }

    /** The tenants that the user may act in through the client, at most two: more would change nothing. */
    List<TenantId> held() {
        List<Tenant> held = tenants.ofMember(user)
                .filter(Tenant::enabled)
                .filter(tenant -> client.allow(tenant.id()))
                .limit(2)
                .toList();
        held.forEach(tenant -> known.put(tenant.id(), Optional.of(tenant)));
        return held.stream().map(Tenant::id).toList();
    }

    /** Why the user cannot act in a tenant through the client, however signed in. */
    Optional<TenantRefusal> toActing(TenantId id) {
        boolean open = client.allow(id)
                && tenant(id)
                        .filter(tenant -> tenant.enabled() && tenants.isMember(tenant, user))
                        .isPresent();
        return open ? Optional.empty() : Optional.of(TenantRefusal.UNAVAILABLE);
    }

    /**
     * Why no token may be issued for a tenant in a session.
     *
     * @param grant the grant type; null outside the token endpoint
     */
    Optional<TenantRefusal> toIssue(TenantId id, UserSessionModel userSession, @Nullable String grant) {
        return toActing(id).or(() -> tenant(id).flatMap(tenant -> unproven(tenant, userSession, grant)));
    }

    /** A service account has not signed in: it is who it is by its client's credentials. */
    private Optional<TenantRefusal> unproven(Tenant tenant, UserSessionModel userSession, @Nullable String grant) {
        if (user.getServiceAccountClientLink() != null) {
            return Optional.empty();
        }
        SessionProof proof = new SessionProofs(session).of(userSession, grant);
        if (!proof.vouchesFor(tenant)) {
            return Optional.of(TenantRefusal.VOUCHED_ELSEWHERE);
        }
        try {
            return LoginDemand.of(tenant).metBy(proof.providers(), proof.level(tenant))
                    ? Optional.empty()
                    : Optional.of(TenantRefusal.STEP_UP_NEEDED);
        } catch (InvalidSettingException e) {
            LOG.errorf(
                    "No token is issued for a tenant of realm %s: %s",
                    userSession.getRealm().getName(), e.getMessage());
            return Optional.of(TenantRefusal.MISCONFIGURED);
        }
    }
}
