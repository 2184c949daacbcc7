package io.tenantry.tenant;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelValidationException;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The tenants of the realm in the session's context. A realm with organizations is shared by its organizations; any
 * other is a tenant itself.
 */
public final class Tenants {
    private final KeycloakSession session;

    public Tenants(KeycloakSession session) {
        this.session = session;
    }

    /** Whether the realm's tenants are its organizations. */
    public boolean shared() {
        return realm().isOrganizationsEnabled();
    }

    /**
     * The realm's own tenant. Empty where it is shared, and where it was: organizations that were switched off are no
     * reason for the realm to speak for their members.
     */
    public Optional<RealmTenant> dedicated() {
        return shared() || switchedOff() ? Optional.empty() : Optional.of(new RealmTenant(realm()));
    }

    /** Whether the realm has organizations that were switched off, so that nobody acts for any tenant. */
    public boolean switchedOff() {
        return !shared() && organizations() != null && organizations().hasOrganizations();
    }

    /** The tenants that a user belongs to, disabled ones included, in no particular order. */
    public Stream<Tenant> ofMember(UserModel user) {
        return shared()
                ? organizations().getByMember(user).map(OrganizationTenant::new)
                : dedicated().stream().map(Tenant.class::cast);
    }

    /** The tenant with this id, disabled or not; empty if there is none. */
    public Optional<Tenant> byId(TenantId id) {
        if (shared()) {
            return organization(organizations().getByAlias(id.value()));
        }
        return dedicated().filter(own -> own.usableId().equals(Optional.of(id))).map(Tenant.class::cast);
    }

    /** The organization with this alias, as {@link #byId} finds it, also where organizations are switched off. */
    public Optional<Tenant> byIdEvenSwitchedOff(TenantId id) {
        return switchedOff() ? organization(organizations().getByAlias(id.value())) : byId(id);
    }

    /** The tenant of the organization with this internal id; empty if there is none. */
    public Optional<Tenant> byOrganizationId(String organizationId) {
        return shared() ? organization(organizations().getById(organizationId)) : Optional.empty();
    }

    /** The tenant whose people an identity provider vouches for; empty if it is linked to none. */
    public Optional<Tenant> ofIdentityProvider(IdentityProviderModel identityProvider) {
        if (!shared()) {
            return dedicated().map(Tenant.class::cast);
        }
        String organizationId = identityProvider.getOrganizationId();
        return organizationId == null
                ? Optional.empty()
                : organization(organizations().getById(organizationId));
    }

    /**
     * The tenant that the request is about, be it enabled or not: the organization of an invitation, or the one that
     * was chosen while signing in. Empty where none has been chosen yet.
     */
    public Optional<Tenant> current() {
        if (!shared()) {
            return dedicated().map(Tenant.class::cast);
        }
        OrganizationModel current = session.getContext().getOrganization();
        AuthenticationSessionModel signingIn = session.getContext().getAuthenticationSession();
        if (current == null && signingIn != null) {
            current = ChosenOrganization.found(signingIn)
                    .map(organizations()::getById)
                    .orElse(null);
        }
        return organization(current);
    }

    /** The tenant that an email address's domain is of, be it enabled or not; empty if none, or no address. */
    public Optional<Tenant> ofEmail(@Nullable String email) {
        if (!shared()) {
            return dedicated().map(Tenant.class::cast);
        }
        int at = email == null ? -1 : email.lastIndexOf('@');
        if (email == null || at < 0 || at == email.length() - 1) {
            return Optional.empty();
        }
        String domain = email.substring(at + 1).strip().toLowerCase(Locale.ROOT);
        try {
            return organization(organizations().getByDomainName(domain));
        } catch (ModelValidationException notADomain) {
            return Optional.empty();
        }
    }

    /** Whether a user belongs to a tenant, be it enabled or not. */
    public boolean isMember(Tenant tenant, UserModel user) {
        if (tenant instanceof OrganizationTenant shared) {
            return organizations().isMember(shared.organization(), user);
        }
        return tenant instanceof RealmTenant;
    }

    private static Optional<Tenant> organization(@Nullable OrganizationModel organization) {
        if (organization instanceof ConcealedOrganization concealed) {
            return concealed.actual().map(OrganizationTenant::new);
        }
        return Optional.ofNullable(organization).map(OrganizationTenant::new);
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }

    private OrganizationProvider organizations() {
        return session.getProvider(OrganizationProvider.class);
    }
}
