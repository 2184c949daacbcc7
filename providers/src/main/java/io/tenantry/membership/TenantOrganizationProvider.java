package io.tenantry.membership;

import io.tenantry.tenant.ConcealedOrganization;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.SessionTenants;
import io.tenantry.tenant.SilentEnding;
import io.tenantry.tenant.TenantId;
import io.tenantry.token.TokenTenant;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.infinispan.organization.InfinispanOrganizationProvider;
import org.keycloak.representations.idm.MembershipType;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's organizations with four changes. Which of them manage a user is asked once a request, for all of them
 * together: whenever Keycloak 26.7 takes a user from its cache, {@code Organizations.isReadOnlyOrganizationMember} asks
 * this of each organization that the user is in, with two queries each. And to those who sign in through a client whose
 * tokens are a tenant's, one that does not exist looks like one that they are not in. It also tells when an identity
 * provider ceases to be an organization's, as Keycloak's own event no longer knows whose it was, and has the sessions of
 * a member who leaves forget the tenant.
 */
final class TenantOrganizationProvider extends InfinispanOrganizationProvider {
    private static final String MANAGING = "select o.id from OrganizationEntity o, UserGroupMembershipEntity m"
            + " where m.groupId = o.groupId and m.user.id = :user and m.membershipType = :managed";

    private final KeycloakSession session;
    private final Map<String, Set<String>> managingByUser = new HashMap<>();

    TenantOrganizationProvider(KeycloakSession session) {
        super(session);
        this.session = session;
    }

    @Override
    public @Nullable OrganizationModel getByAlias(String alias) {
        OrganizationModel found = super.getByAlias(alias);
        boolean usable = found != null && found.isEnabled() && !foreign(found);
        // What no tenant can be called is no secret, and nothing that handles tenants expects it
        return usable
                        || !TenantId.possible(alias)
                        || !TokenTenant.concerns(session, session.getContext().getClient())
                ? found
                : new ConcealedOrganization(alias, found);
    }

    /** Whether somebody is signed in already, and not in the organization: what is said of its domains would tell of it. */
    private boolean foreign(OrganizationModel found) {
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        return signIn != null
                && AuthenticatorUtil.isSSOAuthentication(signIn)
                && signIn.getAuthenticatedUser() != null
                && !isMember(found, signIn.getAuthenticatedUser());
    }

    @Override
    public boolean isManagedMember(OrganizationModel organization, @Nullable UserModel user) {
        return user != null
                && managingByUser.computeIfAbsent(user.getId(), this::managing).contains(organization.getId());
    }

    @Override
    public boolean addManagedMember(OrganizationModel organization, UserModel user) {
        boolean added = super.addManagedMember(organization, user);
        managingByUser.remove(user.getId());
        return added;
    }

    @Override
    public boolean addMember(OrganizationModel organization, UserModel user) {
        boolean added = super.addMember(organization, user);
        managingByUser.remove(user.getId());
        return added;
    }

    @Override
    public boolean removeMember(OrganizationModel organization, UserModel member) {
        boolean removed = super.removeMember(organization, member);
        managingByUser.remove(member.getId());
        if (removed) {
            // Who becomes a member again starts anew
            SessionTenants.forget(
                    session, session.getContext().getRealm(), member, new OrganizationTenant(organization).id());
        }
        return removed;
    }

    @Override
    public boolean removeIdentityProvider(OrganizationModel organization, IdentityProviderModel provider) {
        boolean removed = super.removeIdentityProvider(organization, provider);
        if (removed) {
            new SilentEnding.ProviderUnlinked(session, session.getContext().getRealm(), organization).publish();
        }
        return removed;
    }

    private Set<String> managing(String userId) {
        EntityManager database =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return database.createQuery(MANAGING, String.class)
                .setParameter("user", userId)
                .setParameter("managed", MembershipType.MANAGED.toString())
                .getResultStream()
                .collect(Collectors.toUnmodifiableSet());
    }
}
