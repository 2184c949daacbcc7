package io.tenantry.brokering;

import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.Tenants;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Stands in a first login before an account is created or linked: lets the identity go on only if it is still the one
 * that the provider vouched for, and if no account stands in its way that it must not become.
 */
final class TenantLinkGuard extends AbstractIdpAuthenticator {

    @Override
    protected void authenticateImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        KeycloakSession session = context.getSession();
        Tenant tenant =
                new Tenants(session).ofIdentityProvider(identity.getIdpConfig()).orElse(null);
        List<LinkCandidate> accounts = new Accounts(session)
                        .found(
                                Stream.ofNullable(identity.getEmail()).toList(),
                                identity.getModelUsername(),
                                identity.getUsername())
                        .stream()
                        .map(user -> LinkCandidates.of(session, tenant, user))
                        .toList();
        // A page was shown since the rules were asked, and the provider may be another tenant's by now
        Object ruled = identity.getContextData().get(SignIn.RULED_TENANT);
        Outcome outcome = Outcome.require(ruled == null || ruled.equals(SignIn.key(tenant)), Rule.TENANT_BINDING)
                .and(() -> new FirstLoginRules(firstLogin(identity, tenant)).check(accounts));
        if (outcome instanceof Outcome.Rejected rejected) {
            throw new Rejections(session)
                    .reject(
                            rejected.rule(),
                            identity.getIdpConfig(),
                            context.getAuthenticationSession(),
                            note(identity, SignIn.CONTACT));
        }
        if (tenant != null) {
            // The flow's start has cleared what the mapper chose
            new SignIn(session, identity).activate(tenant);
        }
        LinkedAccounts.checkAgain(context.getAuthenticationSession(), tenant, note(identity, SignIn.CONTACT));
        context.success();
    }

    private static FirstLogin firstLogin(BrokeredIdentityContext identity, @Nullable Tenant tenant) {
        Set<String> addresses = new LinkedHashSet<>();
        Stream.ofNullable(identity.getEmail()).forEach(addresses::add);
        Stream.ofNullable(identity.getModelUsername())
                .filter(name -> name.indexOf('@') >= 0)
                .forEach(addresses::add);
        boolean ruled = identity.getContextData().containsKey(SignIn.VOUCHED_EMAILS);
        EmailDomains domains = ruled
                ? EmailDomains.of(SignIn.ALLOWED_DOMAINS, lines(identity, SignIn.ALLOWED_DOMAINS))
                : EmailDomains.ofTenant(tenant == null ? null : BoundTenant.of(tenant));
        return new FirstLogin(
                addresses,
                lines(identity, SignIn.VOUCHED_EMAILS),
                !"false".equals(note(identity, SignIn.EDITS_FORBIDDEN)),
                domains,
                !"false".equals(note(identity, SignIn.UNKNOWN_USERS_ALLOWED)));
    }

    private static Set<String> lines(BrokeredIdentityContext identity, String key) {
        return note(identity, key).lines().filter(line -> !line.isBlank()).collect(Collectors.toUnmodifiableSet());
    }

    private static String note(BrokeredIdentityContext identity, String key) {
        return identity.getContextData().get(key) instanceof String text ? text : "";
    }

    @Override
    protected void actionImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        // Shows no page, so nothing is ever submitted to it
        throw new IllegalStateException(TenantLinkGuardFactory.ID + " has no form");
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }
}
