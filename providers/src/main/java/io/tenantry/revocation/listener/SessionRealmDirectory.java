package io.tenantry.revocation.listener;

import io.tenantry.revocation.RealmDirectory;
import io.tenantry.tenant.Tenants;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/** Reads the realm through the session of the change itself, so that it sees the change. */
final class SessionRealmDirectory implements RealmDirectory {
    private final KeycloakSession session;
    private final RealmModel realm;

    SessionRealmDirectory(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    @Override
    public RealmState realm() {
        return new RealmState(realm.isEnabled(), realm.getNotBefore(), new Tenants(session).switchedOff());
    }

    @Override
    public @Nullable ClientState client(String id) {
        ClientModel client = session.clients().getClientById(realm, id);
        return client == null ? null : new ClientState(client.getClientId(), client.isEnabled(), client.getNotBefore());
    }

    @Override
    public @Nullable OrganizationState organization(String id) {
        if (!realm.isOrganizationsEnabled()) {
            return null;
        }
        OrganizationModel organization =
                session.getProvider(OrganizationProvider.class).getById(id);
        return organization == null ? null : new OrganizationState(organization.getAlias(), organization.isEnabled());
    }

    @Override
    public @Nullable List<String> groupMembers(String id) {
        GroupModel group = session.groups().getGroupById(realm, id);
        return group == null ? List.of() : GroupMembers.of(session, realm, group);
    }

    @Override
    public boolean isUserDisabled(String id) {
        UserModel user = session.users().getUserById(realm, id);
        return user != null && !user.isEnabled();
    }
}
