package io.tenantry.token;

import io.tenantry.tenant.IssueCutoffs;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Details;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.tokenexchange.StandardTokenExchangeProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.CorsErrorResponseException;

/**
 * Stock's token exchange, kept in the subject token's tenant. Stock never compares the two: a token for one tenant and
 * the scope of another give a token for the other.
 */
final class TenantTokenExchangeProvider extends StandardTokenExchangeProvider {
    @Override
    protected Response exchangeClientToClient(
            UserModel user, UserSessionModel userSession, AccessToken subject, boolean holderOnly) {
        ClientModel issuedTo = realm.getClientByClientId(subject.getIssuedFor());
        Tenants known = new Tenants(session);
        if (issuedTo != null) {
            @Nullable TenantId issuedFor =
                    known.issuedFor(PresentedTenant.of(subject, issuedTo).tenant());
            if (IssueCutoffs.end(session, subject, user, issuedTo, issuedFor)) {
                throw refused(TenantRefusal.REVOKED, null);
            }
        }
        if (known.shared() && (TenantMappers.concern(client) || TenantMappers.concern(issuedTo))) {
            bind(user, userSession, PresentedTenant.of(subject, issuedTo).tenant());
        }
        return super.exchangeClientToClient(user, userSession, subject, holderOnly);
    }

    private void bind(UserModel user, UserSessionModel userSession, @Nullable TenantId subject) {
        ActiveTenants tenants = new ActiveTenants(session);
        TenantSwitchRules rules = new TenantSwitchRules(
                tenant -> tenants.holds(tenant, user, client),
                tenant -> new Tenants(session)
                        .byId(tenant)
                        .map(LoginDemand::of)
                        .filter(demand -> demand.metBy(
                                SessionLogin.identityProvider(userSession), SessionLogin.level(userSession)))
                        .isPresent());
        String scope = formParams.getFirst(OAuth2Constants.SCOPE);
        TenantSwitchRules.Outcome outcome = rules.decide(
                subject,
                new RequestedTenants(session, scope).named(),
                ClientTenants.of(client).maySwitch());
        if (outcome instanceof TenantSwitchRules.Outcome.Refused refused) {
            throw refused(refused.refusal(), scope);
        }
        if (outcome instanceof TenantSwitchRules.Outcome.Into into) {
            new PresentedTenant(into.tenant(), false).bind(session);
            TenantEvents.name(event, Optional.ofNullable(into.tenant()));
            // Stock's own mapper and interceptor then speak of the same organization.
            Optional.ofNullable(into.tenant())
                    .flatMap(new Tenants(session)::byId)
                    .ifPresent(tenant -> session.getContext()
                            .setOrganization(
                                    tenant instanceof OrganizationTenant shared ? shared.organization() : null));
        }
    }

    private CorsErrorResponseException refused(TenantRefusal refusal, @Nullable String scope) {
        String description = refusal == TenantRefusal.UNAVAILABLE ? "Invalid scopes: " + scope : refusal.description();
        event.detail(Details.REASON, description);
        event.error(refusal.eventError());
        return new CorsErrorResponseException(cors, refusal.error(), description, Response.Status.BAD_REQUEST);
    }
}
