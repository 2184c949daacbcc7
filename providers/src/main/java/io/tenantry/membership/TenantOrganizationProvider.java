package io.tenantry.membership;

import io.tenantry.tenant.ConcealedOrganization;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.SessionTenants;
import io.tenantry.tenant.SilentEnding;
import io.tenantry.tenant.TenantId;
import io.tenantry.token.TokenTenant;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.HashSet;
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
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.cache.infinispan.organization.InfinispanOrganizationProvider;
import org.keycloak.representations.idm.MembershipType;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.UserStorageUtil;

/**
 * Keycloak's organizations with four changes.
 *
 * <ul>
 *   <li>Which of them manage a user is asked once, for all of them together: whenever Keycloak 26.7 takes a user from its
 *       cache, {@code Organizations.isReadOnlyOrganizationMember} asks this of each organization that the user is in, with
 *       two queries each.
 *   <li>To those who sign in through a client whose tokens are a tenant's, one that does not exist looks like one that
 *       they are not in.
 *   <li>It tells when an identity provider ceases to be an organization's: Keycloak's own event no longer knows whose it
 *       was.
 *   <li>The sessions of a member who leaves forget the tenant.
 * </ul>
 */
final class TenantOrganizationProvider extends InfinispanOrganizationProvider {
    private static final String MANAGING = "select o.id from OrganizationEntity o, UserGroupMembershipEntity m"
            + " where m.groupId = o.groupId and m.user.id = :user and m.membershipType = :managed";

    private static final String MANAGING_KEY = Managing.class.getName();

    private final KeycloakSession session;
    private final Map<String, Set<String>> managingByUser = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

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
        return user != null && managing(user).contains(organization.getId());
    }

    /** Kept with the user in Keycloak's cache, where every change of memberships takes the user out of it. */
    private Set<String> managing(UserModel user) {
        if (!(user instanceof CachedUserModel cached) || changed.contains(user.getId())) {
            return managingByUser.computeIfAbsent(user.getId(), this::query);
        }
        if (cached.getCachedWith().get(MANAGING_KEY) instanceof Managing known) {
            return known.organizationIds();
        }
        Managing found = new Managing(managingByUser.computeIfAbsent(user.getId(), this::query));
        @SuppressWarnings("unchecked") // Keycloak's map is of no type; each of its users has keys of their own
        Map<Object, Object> kept = cached.getCachedWith();
        kept.put(MANAGING_KEY, found);
        return found.organizationIds();
    }

    /** The ids of the organizations that manage a user. */
    private record Managing(Set<String> organizationIds) {}

    @Override
    public boolean addManagedMember(OrganizationModel organization, UserModel user) {
        boolean added = super.addManagedMember(organization, user);
        changed(user);
        return added;
    }

    @Override
    public boolean addMember(OrganizationModel organization, UserModel user) {
        boolean added = super.addMember(organization, user);
        changed(user);
        return added;
    }

    @Override
    public boolean removeMember(OrganizationModel organization, UserModel member) {
        boolean removed = super.removeMember(organization, member);
        changed(member);
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

    /** What this transaction sees of the user from now on may never be committed. */
    private void changed(UserModel user) {
        managingByUser.remove(user.getId());
        changed.add(user.getId());
        UserCache cache = UserStorageUtil.userCache(session);
        if (cache != null) {
            cache.evict(session.getContext().getRealm(), user);
        }
    }

    private Set<String> query(String userId) {
        EntityManager database =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return database.createQuery(MANAGING, String.class)
                .setParameter("user", userId)
                .setParameter("managed", MembershipType.MANAGED.toString())
                .getResultStream()
                .collect(Collectors.toUnmodifiableSet());
    }
}
