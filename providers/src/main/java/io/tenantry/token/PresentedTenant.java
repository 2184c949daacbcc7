package io.tenantry.token;

import io.tenantry.contract.TenantClaims;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.SessionTenants;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.RefreshToken;

/**
 * The tenant of a token that a request presents and that Keycloak has verified. It binds whatever is issued or told in
 * exchange: the tenant is carried by tokens alone, never by a session, since the tabs of a browser share that.
 *
 * @param tenant null if the token is for no tenant
 * @param organizationId of a refresh token: the internal id of the organization that it was issued for, which another
 *     organization of the same alias does not have
 * @param issuedAt of the token, in epoch seconds
 * @param claims of the token, without those that OAuth and OpenID Connect define
 * @param use what the token is presented for
 */
record PresentedTenant(
        @Nullable TenantId tenant,
        @Nullable String organizationId,
        long issuedAt,
        Map<String, Object> claims,
        Use use) {
    /** What a token is presented for. */
    enum Use {
        /** To be told what it says: introspection, userinfo. */
        TELL,
        /** For another of the same client. */
        REFRESH,
        /** For another, of this or another client. */
        EXCHANGE,
        /** For one with permissions, of the same client, as a resource server's authorization services issue it. */
        PERMISSIONS
    }

    /** The claim of refresh tokens that holds the internal id of the organization. Only Keycloak reads it. */
    private static final String ORGANIZATION_ID = "tenant_organization";

    static PresentedTenant of(KeycloakSession session, AccessToken token, @Nullable ClientModel issuedTo, Use use) {
        Object organizationId = token.getOtherClaims().get(ORGANIZATION_ID);
        Long issuedAt = token.getIat();
        TenantNames names = TenantNames.of(session, issuedTo);
        Optional<TenantId> tenant = switch (use) {
            case TELL, REFRESH -> pinned(token).or(() -> names.tenantOf(token));
            // What a client's tokens name by their scope alone is no tenant where no mapper of ours stands for it
            case EXCHANGE, PERMISSIONS -> names.concerned() ? names.tenantOf(token) : Optional.empty();
        };
        return new PresentedTenant(
                tenant.orElse(null),
                organizationId instanceof String id ? id : null,
                // What does not say when it was issued may be of any age
                issuedAt == null ? 0 : issuedAt,
                token.getOtherClaims(),
                use);
    }

    /** Pins a refresh token to a tenant, under names that do not depend on the mapper's settings. */
    static void pin(RefreshToken refreshToken, Tenant tenant) {
        refreshToken.getOtherClaims().put(TenantClaims.TENANT_ID, tenant.id().value());
        if (tenant instanceof OrganizationTenant shared) {
            refreshToken
                    .getOtherClaims()
                    .put(ORGANIZATION_ID, shared.organization().getId());
        }
    }

    /** The tenant that a refresh token was pinned to, where it was: no mapper writes into those. */
    static Optional<TenantId> pinned(AccessToken token) {
        return token instanceof RefreshToken
                        && token.getOtherClaims().get(TenantClaims.TENANT_ID) instanceof String id
                        && TenantId.possible(id)
                ? Optional.of(new TenantId(id))
                : Optional.empty();
    }

    /** What the token says under a claim's name, where it is presented to be told so. */
    Optional<Object> told(String claim) {
        return switch (use) {
            case TELL -> Optional.ofNullable(claims.get(claim));
            case REFRESH, EXCHANGE, PERMISSIONS -> Optional.empty();
        };
    }

    /** Whether what a refresh token was issued from is still what it was, and not another of the same name. */
    boolean stillThere(TenantObstacles obstacles, @Nullable AuthenticatedClientSessionModel clientSession) {
        return tenant == null
                || (obstacles.tenant(tenant).filter(this::pinnedTo).isPresent()
                        && clientSession != null
                        && SessionTenants.serves(clientSession, tenant, issuedAt));
    }

    private boolean pinnedTo(Tenant found) {
        return found instanceof OrganizationTenant shared
                ? shared.organization().getId().equals(organizationId)
                : organizationId == null;
    }

    /** Remembers it for the rest of the request. */
    void bind(KeycloakSession session) {
        session.setAttribute(PresentedTenant.class.getName(), this);
    }

    /** What was remembered; empty where the request presents no token. */
    static Optional<PresentedTenant> in(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(PresentedTenant.class.getName(), PresentedTenant.class));
    }
}
