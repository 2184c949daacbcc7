package io.tenantry.brokering;

import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.Tenants;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.IdentityBrokerService;

/** The accounts of this realm that a brokered identity is, or could become. */
public final class Accounts {
    private final KeycloakSession session;
    private final RealmModel realm;

    public Accounts(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** The account that the identity is linked to. */
    public Optional<UserModel> linked(BrokeredIdentityContext identity) {
        return Optional.ofNullable(session.users()
                .getUserByFederatedIdentity(
                        realm,
                        new FederatedIdentityModel(
                                identity.getIdpConfig().getAlias(), identity.getId(), identity.getUsername())));
    }

    /** The signed-in account that asked to be linked to the identity. */
    public Optional<UserModel> linking(BrokeredIdentityContext identity) {
        return isLinking(identity)
                ? Optional.ofNullable(identity.getAuthenticationSession().getAuthenticatedUser())
                : Optional.empty();
    }

    /** Whether a signed-in user is adding a link, rather than somebody signing in. */
    public static boolean isLinking(BrokeredIdentityContext identity) {
        return identity.getAuthenticationSession().getAuthNote(IdentityBrokerService.LINKING_IDENTITY_PROVIDER) != null;
    }

    /** The accounts that any of these addresses or names finds; each once. */
    public List<UserModel> found(Collection<String> addresses, @Nullable String... names) {
        Map<String, UserModel> byId = new LinkedHashMap<>();
        Stream.concat(addresses.stream(), Stream.of(names).filter(Objects::nonNull))
                .filter(key -> !key.isBlank())
                .flatMap(key -> Stream.of(
                        session.users().getUserByEmail(realm, key),
                        session.users().getUserByUsername(realm, key)))
                .filter(Objects::nonNull)
                .forEach(user -> byId.putIfAbsent(user.getId(), user));
        return List.copyOf(byId.values());
    }

    /** What the realm knows of the person behind an identity. */
    Vouching.Account account(BrokeredIdentityContext identity, @Nullable Tenant tenant, Collection<String> addresses) {
        Optional<UserModel> linked = linked(identity);
        if (linked.isPresent()) {
            return membership(tenant, linked.get());
        }
        boolean linkable = isLinking(identity)
                || !found(addresses, identity.getUsername(), identity.getModelUsername())
                        .isEmpty();
        return linkable ? Vouching.Account.LINKABLE : Vouching.Account.NONE;
    }

    private Vouching.Account membership(@Nullable Tenant tenant, UserModel user) {
        Tenants tenants = new Tenants(session);
        if (tenant == null || tenants.isMember(tenant, user)) {
            return Vouching.Account.MEMBER;
        }
        return tenants.ofMember(user).findAny().isPresent()
                ? Vouching.Account.FOREIGN
                : Vouching.Account.WITHOUT_TENANT;
    }
}
