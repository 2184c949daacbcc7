package io.tenantry.brokering;

import io.tenantry.tenant.ChosenOrganization;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.Tenants;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A brokered sign-in in progress: asks the rules, and on their word lets it go on in the provider's tenant or ends it.
 * What later steps of a first sign-in need travels in the identity's context data, which a cleared flow keeps.
 */
public final class SignIn {
    /** Context data: the addresses that the provider vouched for, one a line. */
    static final String VOUCHED_EMAILS = "tenantry.vouched-emails";

    /** Context data: the domains that an address must be in that the provider did not assert, one a line. */
    static final String ALLOWED_DOMAINS = "tenantry.allowed-domains";

    /** Context data: whether asserted fields are fixed; absent where no rules ran. */
    static final String EDITS_FORBIDDEN = "tenantry.edits-forbidden";

    /** Context data: whether a person without an account gets one. */
    static final String UNKNOWN_USERS_ALLOWED = "tenantry.unknown-users-allowed";

    /** Context data: the tenant that the rules were asked for; empty for none, absent where no rules ran. */
    static final String RULED_TENANT = "tenantry.ruled-tenant";

    /** Context data: whom to ask. */
    static final String CONTACT = "tenantry.contact";

    private final KeycloakSession session;
    private final BrokeredIdentityContext identity;

    public SignIn(KeycloakSession session, BrokeredIdentityContext identity) {
        this.session = session;
        this.identity = identity;
    }

    /** The tenant whose people the provider vouches for. */
    Optional<Tenant> tenant() {
        return new Tenants(session).ofIdentityProvider(identity.getIdpConfig());
    }

    /** What a mapper hands to the rules, with what this realm knows of the person added. */
    public Vouching vouching(Set<String> emails, Map<String, List<String>> attributes, How how) {
        Optional<Tenant> tenant = tenant();
        return new Vouching(
                tenant.map(BoundTenant::of),
                emails,
                attributes,
                how.context(),
                how.at(),
                new Accounts(session).account(identity, tenant.orElse(null), emails),
                Boolean.TRUE.equals(identity.getIdpConfig().isLinkOnly()) && !Accounts.isLinking(identity));
    }

    /** How and when the person signed in at the provider. */
    public record How(@Nullable String context, @Nullable Instant at) {}

    /**
     * Ends the sign-in, or lets it go on.
     *
     * @throws org.keycloak.services.ErrorPageException if a rule is broken
     */
    public void proceed(Outcome outcome, VouchingSettings settings, Set<String> emails) {
        Function<Rule, RuntimeException> rejection = rule ->
                new Rejections(session).reject(rule, identity.getIdpConfig(), authSession(), settings.contact());
        if (outcome instanceof Outcome.Rejected rejected) {
            throw rejection.apply(rejected.rule());
        }
        Map<String, Object> data = identity.getContextData();
        data.put(VOUCHED_EMAILS, String.join("\n", emails));
        data.put(
                ALLOWED_DOMAINS,
                String.join(
                        "\n",
                        VouchingRules.allowed(
                                        settings, tenant().map(BoundTenant::of).orElse(null))
                                .patterns()));
        data.put(EDITS_FORBIDDEN, String.valueOf(settings.profileEditsForbidden()));
        data.put(UNKNOWN_USERS_ALLOWED, String.valueOf(settings.unknownUsersAllowed()));
        data.put(CONTACT, settings.contact());
        data.put(RULED_TENANT, key(tenant().orElse(null)));
        Accounts accounts = new Accounts(session);
        Optional<Tenant> tenant = tenant();
        if (Accounts.isLinking(identity)) {
            accounts.linking(identity).ifPresent(user -> {
                Outcome linking = LinkRules.check(LinkCandidates.of(session, tenant.orElse(null), user));
                if (linking instanceof Outcome.Rejected rejected) {
                    throw rejection.apply(rejected.rule());
                }
            });
            return;
        }
        tenant.ifPresent(this::activate);
        tenant.ifPresent(bound -> accounts.linked(identity).ifPresent(user -> join(bound, user)));
    }

    /** What tells a tenant from any that has its alias after it; empty for none. */
    static String key(@Nullable Tenant tenant) {
        if (tenant instanceof OrganizationTenant shared) {
            return shared.organization().getId();
        }
        return tenant == null ? "" : tenant.id().value();
    }

    /** Makes the provider's tenant the one that this sign-in is for, whatever was chosen before. */
    void activate(Tenant tenant) {
        AuthenticationSessionModel authSession = authSession();
        if (authSession == null) {
            ChosenOrganization.enter(session, tenant);
        } else {
            ChosenOrganization.vouched(session, authSession, tenant);
        }
    }

    /** Makes an account a member of the provider's tenant, if it is not. */
    void join(Tenant tenant, UserModel user) {
        if (tenant instanceof OrganizationTenant shared && !new Tenants(session).isMember(tenant, user)) {
            session.getProvider(OrganizationProvider.class).addManagedMember(shared.organization(), uncached(user));
        }
    }

    /** Since 26.7 at least, the cache's view of a user drops that a membership is managed. */
    private static UserModel uncached(UserModel user) {
        return user instanceof CachedUserModel cached ? cached.getDelegateForUpdate() : user;
    }

    /** Null in a token exchange. */
    private @Nullable AuthenticationSessionModel authSession() {
        return identity.getAuthenticationSession();
    }
}
