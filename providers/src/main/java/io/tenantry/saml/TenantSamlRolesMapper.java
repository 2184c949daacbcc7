package io.tenantry.saml;

import io.tenantry.brokering.Accounts;
import io.tenantry.brokering.ConsoleSettings;
import io.tenantry.brokering.MapperConfig;
import io.tenantry.brokering.TenantMapper;
import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.Tenants;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.saml.SAMLEndpoint;
import org.keycloak.broker.saml.SAMLIdentityProviderFactory;
import org.keycloak.dom.saml.v2.assertion.AssertionType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The identity provider mapper {@value #ID}: puts a user into groups of the provider's own organization, and out of
 * them, as an attribute of each login says. It creates nothing, and touches no group that its table does not name.
 */
public final class TenantSamlRolesMapper extends TenantMapper {
    /** The public id. */
    public static final String ID = "tenant-saml-roles";

    static final String ATTRIBUTE = "roles.attribute";
    static final String GROUPS = "roles.groups";

    private static final Logger LOG = Logger.getLogger(TenantSamlRolesMapper.class);

    private static final List<ProviderConfigProperty> PROPERTIES =
            new ConsoleSettings("tenantrySaml").text(ATTRIBUTE).table(GROUPS).toList();

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String[] getCompatibleProviders() {
        return new String[] {SAMLIdentityProviderFactory.PROVIDER_ID};
    }

    /** No message key, as for the help text: the console shows both as they are on a mapper's own page. */
    @Override
    public String getDisplayType() {
        return "Tenantry: SAML roles";
    }

    @Override
    public String getHelpText() {
        return "Puts a user into groups of the identity provider's own organization, and so into that "
                + "organization's roles, as an attribute of each login says. Groups in the table whose "
                + "value is not asserted any more are left at the next login; groups outside the table are "
                + "never touched; nothing is created.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return PROPERTIES;
    }

    @Override
    public void requireUsable(IdentityProviderMapperModel mapper) {
        table(mapper);
    }

    /**
     * Where the account is known already: the sync mode IMPORT would skip its update, and keep roles that ended. Where it
     * is not, a table that cannot be used must be told of here: later there would be an account already.
     */
    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession session,
            RealmModel realm,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext identity) {
        try {
            table(mapper);
        } catch (InvalidSettingException e) {
            throw unusable(session, mapper, identity, e);
        }
        new Accounts(session).linked(identity).ifPresent(user -> assign(session, user, mapper, identity));
    }

    @Override
    public void importNewUser(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext identity) {
        // Mappers have no order: the membership that another one gives may not be there yet
        super.importNewUser(session, realm, user, mapper, identity);
        assign(session, user, mapper, identity);
    }

    @Override
    public void updateBrokeredUser(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext identity) {
        assign(session, user, mapper, identity);
    }

    private void assign(
            KeycloakSession session,
            UserModel user,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext identity) {
        Optional<Tenant> tenant = new Tenants(session).ofIdentityProvider(identity.getIdpConfig());
        if (tenant.isEmpty() || !(tenant.get() instanceof OrganizationTenant shared)) {
            // Tenant roles are groups of an organization; without one there is nothing to map to
            return;
        }
        try {
            if (new Tenants(session).isMember(shared, user)) {
                OrganizationGroups.in(session, shared.organization(), groups -> assign(groups, user, mapper, identity));
            }
        } catch (InvalidSettingException e) {
            throw unusable(session, mapper, identity, e);
        }
    }

    private static void assign(
            OrganizationGroups groups,
            UserModel user,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext identity) {
        RoleTable table = table(mapper);
        AssertionType assertion = (AssertionType) identity.getContextData().get(SAMLEndpoint.SAML_ASSERTION);
        List<String> values = assertion == null
                ? List.of()
                : new Assertions(assertion).attributes().getOrDefault(attribute(mapper), List.of());
        Set<List<String>> given = table.given(values);
        for (List<String> path : table.mapped()) {
            Optional<GroupModel> group = groups.at(path);
            if (group.isEmpty()) {
                LOG.warnf(
                        "Mapper %s of identity provider %s names the group %s, which its organization does not have",
                        mapper.getName(), identity.getIdpConfig().getAlias(), String.join("/", path));
                continue;
            }
            move(user, group.get(), given.contains(path), identity);
        }
    }

    /**
     * What its settings say.
     *
     * @throws InvalidSettingException if they cannot be used
     */
    static RoleTable table(IdentityProviderMapperModel mapper) {
        return RoleTable.of(GROUPS, MapperConfig.of(mapper).table(GROUPS));
    }

    /** The name of the attribute that holds the roles; empty if there is none. */
    static String attribute(IdentityProviderMapperModel mapper) {
        return MapperConfig.of(mapper).text(ATTRIBUTE);
    }

    private static void move(UserModel user, GroupModel group, boolean given, BrokeredIdentityContext identity) {
        if (given) {
            // Another mapper of this login must not take it away again
            identity.addMapperAssignedGroup(group.getId());
            if (!user.isMemberOf(group)) {
                user.joinGroup(group);
            }
        } else if (user.isMemberOf(group) && !identity.hasMapperAssignedGroup(group.getId())) {
            user.leaveGroup(group);
        }
    }
}
