package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.RefreshToken;

/** What introspection asks before it says that a verified token is active, and what it then says of the token's tenant. */
final class TenantIntrospection {
    private final KeycloakSession session;
    private final EventBuilder event;

    TenantIntrospection(KeycloakSession session, EventBuilder event) {
        this.session = session;
        this.event = event;
    }

    /** The same of a refresh token, which belongs to the organization itself, and ends with what it was issued from. */
    boolean stillHeld(RefreshToken token, ClientModel issuedTo, UserSessionModel userSession) {
        UserModel user = userSession.getUser();
        Optional<TenantId> pinned = PresentedTenant.pinned(token);
        boolean there = pinned.isEmpty()
                || PresentedTenant.of(session, token, issuedTo, PresentedTenant.Use.REFRESH)
                        .stillThere(
                                new TenantObstacles(session, issuedTo, user),
                                userSession.getAuthenticatedClientSessionByClient(issuedTo.getId()));
        return there ? stillHeld((AccessToken) token, issuedTo, user) : refused(TenantRefusal.LOST, pinned);
    }

    /** Whether the token's tenant is still its user's; binds what mappers go on to tell to that tenant. */
    boolean stillHeld(AccessToken token, ClientModel issuedTo, UserModel user) {
        TenantNames names = TenantNames.of(session, issuedTo);
        if (!names.concerned() && PresentedTenant.pinned(token).isEmpty()) {
            return true;
        }
        if (!names.usable()) {
            return refused(TenantRefusal.MISCONFIGURED, Optional.empty());
        }
        PresentedTenant presented = PresentedTenant.of(session, token, issuedTo, PresentedTenant.Use.TELL);
        presented.bind(session);
        TenantId tenant = presented.tenant();
        if (tenant == null
                || new TenantObstacles(session, issuedTo, user).toActing(tenant).isEmpty()) {
            return true;
        }
        return refused(TenantRefusal.LOST, Optional.of(tenant));
    }

    /**
     * Has the answer say what the token says, no more: mappers of scopes that the token does not name are not asked, and
     * others could write under our names in their place.
     */
    void sayWhatTheTokenSays(AccessToken answer, AccessToken token, ClientModel issuedTo) {
        TenantNames names = TenantNames.of(session, issuedTo);
        if (!names.concerned()) {
            return;
        }
        Map<String, Object> said = token.getOtherClaims();
        Map<String, Object> claims = answer.getOtherClaims();
        Optional<String> tenant = names.tenantOf(token).map(TenantId::value);
        // A lightweight token can leave its claims to be asked for, and names its tenant by its scope
        boolean leftToAsk = tenant.isPresent()
                && names.idClaims().stream().noneMatch(said::containsKey)
                && names.idClaims().stream().anyMatch(claim -> tenant.equals(Optional.ofNullable(claims.get(claim))));
        if (!leftToAsk) {
            names.reserved().forEach(new StockClaims(claims)::remove);
            names.reserved().filter(said::containsKey).forEach(claim -> claims.put(claim, said.get(claim)));
        }
    }

    private boolean refused(TenantRefusal refusal, Optional<TenantId> tenant) {
        TenantEvents.name(event, tenant);
        event.detail(Details.REASON, refusal.description());
        event.error(refusal.eventError());
        return false;
    }
}
