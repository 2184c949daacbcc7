package io.tenantry.brokering;

import io.tenantry.proof.SessionProof;
import io.tenantry.proof.SessionProofs;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantHints;
import io.tenantry.tenant.Tenants;
import java.util.HashSet;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;

/**
 * Refuses a token that names another tenant than those whose identity providers vouched for the session, however that
 * other tenant was chosen: by a scope, a page, or a form sent by hand.
 */
record BrokeredTokenGuard(KeycloakSession session) implements TokenPostProcessor {

    @Override
    public void process(TokenPostProcessorContext context) {
        if (context.accessToken() == null || !new Tenants(session).shared()) {
            return;
        }
        Set<String> named = named(context);
        SessionProof proof = new SessionProofs(session)
                .of(
                        context.clientSessionCtx().getClientSession().getUserSession(),
                        grantType(context.clientSessionCtx()));
        if (!named.stream().allMatch(name -> vouched(proof, name))) {
            throw new TokenInterceptorException(
                    OAuthErrorException.ACCESS_DENIED,
                    "This session came through the identity provider of another organization; sign in for this one.");
        }
    }

    private @org.jspecify.annotations.Nullable String grantType(ClientSessionContext context) {
        String known = context.getAttribute(Constants.GRANT_TYPE, String.class);
        return known != null
                ? known
                : session.getContext()
                        .getHttpRequest()
                        .getDecodedFormParameters()
                        .getFirst(OAuth2Constants.GRANT_TYPE);
    }

    private boolean vouched(SessionProof proof, String name) {
        return TenantHints.id(name)
                .flatMap(new Tenants(session)::byId)
                .map((Tenant tenant) -> proof.vouchesFor(tenant))
                .orElseGet(() -> proof.trust().covers(name));
    }

    private Set<String> named(TokenPostProcessorContext context) {
        Set<String> names = new HashSet<>(NamedTenants.in(context.accessToken().getOtherClaims()));
        OrganizationModel active = session.getContext().getOrganization();
        if (active != null) {
            names.add(new OrganizationTenant(active).id().value());
        }
        return names;
    }
}
