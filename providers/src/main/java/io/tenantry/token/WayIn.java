package io.tenantry.token;

import io.tenantry.proof.SessionProofs;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.Tenants;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.events.Details;
import org.keycloak.models.Constants;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.ClientSessionCode;
import org.keycloak.sessions.AuthenticationSessionModel;

/** By which way somebody signs in: what it is so far, and how it is begun again in the one that a tenant demands. */
final class WayIn {
    private static final Logger LOG = Logger.getLogger(WayIn.class);

    private final KeycloakSession session;
    private final AuthenticationFlowContext context;
    private final AuthenticationSessionModel signIn;

    WayIn(KeycloakSession session, AuthenticationFlowContext context) {
        this.session = session;
        this.context = context;
        this.signIn = context.getAuthenticationSession();
    }

    /** The aliases of the providers that vouch for the user, in this sign-in or in the session that spares one. */
    Set<String> identityProviders() {
        // In the flow after a provider, the note is not written yet, and a former session's must not count
        SerializedBrokeredIdentityContext brokered = SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                signIn, PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT);
        if (brokered != null) {
            return Set.of(brokered.getIdentityProviderId());
        }
        String now = signIn.getUserSessionNotes().get(Details.IDENTITY_PROVIDER);
        if (now != null) {
            return Set.of(now);
        }
        UserSessionModel earlier = session.sessions()
                .getUserSession(context.getRealm(), signIn.getParentSession().getId());
        return earlier == null
                ? Set.of()
                : new SessionProofs(session).of(earlier, null).providers();
    }

    /** The level of authentication reached so far. */
    int level() {
        return new AcrStore(session, signIn).getLevelOfAuthenticationFromCurrentAuthentication();
    }

    /**
     * Starts the flow again with a higher level, which its conditions then ask for.
     *
     * @return false if that has been tried, to no avail
     */
    boolean stepUp(int level) {
        String asked = signIn.getClientNote(Constants.REQUESTED_LEVEL_OF_AUTHENTICATION);
        if (asked != null && Integer.parseInt(asked) >= level) {
            LOG.errorf(
                    "The login flow of realm %s did not reach level %d, which %s demands: give it a condition for that"
                            + " level, before %s",
                    context.getRealm().getName(), level, LoginDemand.LEVEL, TenantAccessAuthenticatorFactory.ID);
            return false;
        }
        signIn.setClientNote(Constants.REQUESTED_LEVEL_OF_AUTHENTICATION, Integer.toString(level));
        context.resetFlow();
        return true;
    }

    /**
     * Sends the user to an identity provider.
     *
     * @return false if it is not an enabled one that is linked to the tenant
     */
    boolean through(Tenant tenant, String alias) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
        boolean usable = provider != null
                && provider.isEnabled()
                && new Tenants(session)
                        .ofIdentityProvider(provider)
                        .map(Tenant::id)
                        .equals(Optional.of(tenant.id()));
        if (!usable) {
            LOG.errorf(
                    "Organization %s demands the identity provider '%s' by its attribute %s, which is not an enabled one"
                            + " linked to it: link it, or mend the attribute",
                    tenant.id(), alias, LoginDemand.IDENTITY_PROVIDER);
            return false;
        }
        URI location = Urls.identityProviderAuthnRequest(
                context.getUriInfo().getBaseUri(),
                alias,
                context.getRealm().getName(),
                new ClientSessionCode<>(session, context.getRealm(), signIn).getOrGenerateCode(),
                signIn.getClient().getClientId(),
                signIn.getTabId(),
                AuthenticationProcessor.getClientData(session, signIn),
                context.getUser().getEmail());
        context.forceChallenge(Response.seeOther(location).build());
        return true;
    }
}
