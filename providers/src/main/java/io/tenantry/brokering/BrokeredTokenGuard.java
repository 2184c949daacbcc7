package io.tenantry.brokering;

import io.tenantry.tenant.OrganizationTenant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuthErrorException;
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
        if (context.accessToken() == null) {
            return;
        }
        Optional<Set<String>> vouched = BrokeredSession.tenants(
                session, context.clientSessionCtx().getClientSession().getUserSession());
        if (vouched.isPresent() && !vouched.get().containsAll(named(context))) {
            throw new TokenInterceptorException(
                    OAuthErrorException.ACCESS_DENIED,
                    "This session came through the identity provider of another organization; sign in for this one.");
        }
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
