package io.tenantry.revocation.listener;

import io.tenantry.revocation.Detected;
import io.tenantry.revocation.ModelChangeDetector;
import java.util.List;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel.OrganizationMemberLeaveEvent;
import org.keycloak.models.OrganizationModel.OrganizationRemovedEvent;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * Hands over changes that Keycloak announces to its own parts alone: some revoking actions emit no event, and what is
 * deleted is nameless once its event is sent. What it throws fails the request.
 */
final class ProviderEventRevocations implements ProviderEventListener {
    private final RevocationService service;

    ProviderEventRevocations(RevocationService service) {
        this.service = service;
    }

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof OrganizationMemberLeaveEvent leave) {
            add(
                    leave.getSession(),
                    leave.getSession().getContext().getRealm(),
                    ModelChangeDetector.membershipLost(
                            leave.getOrganization().getAlias(), leave.getUser().getId()));
        } else if (event instanceof OrganizationRemovedEvent removed) {
            add(
                    removed.getKeycloakSession(),
                    removed.getKeycloakSession().getContext().getRealm(),
                    ModelChangeDetector.tenantDeleted(removed.getOrganization().getAlias()));
        } else if (event instanceof UserModel.UserPreRemovedEvent removed) {
            add(
                    removed.getKeycloakSession(),
                    removed.getRealm(),
                    ModelChangeDetector.userDeleted(removed.getUser().getId()));
        } else if (event instanceof GroupModel.GroupRemovedEvent removed
                && removed.getGroup().getType() == GroupModel.Type.REALM) {
            add(
                    removed.getKeycloakSession(),
                    removed.getRealm(),
                    () -> ModelChangeDetector.groupDeleted(
                            GroupMembers.of(removed.getKeycloakSession(), removed.getRealm(), removed.getGroup())));
        } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
            add(
                    removed.getKeycloakSession(),
                    removed.getClient().getRealm(),
                    ModelChangeDetector.clientDeleted(removed.getClient().getClientId()));
        }
    }

    private void add(KeycloakSession session, RealmModel realm, Detected detected) {
        add(session, realm, () -> List.of(detected));
    }

    private void add(KeycloakSession session, RealmModel realm, Supplier<List<Detected>> detected) {
        if (realm != null && RevocationListenerFactory.listensTo(realm)) {
            RevocationUnit.of(session, service).add(realm.getId(), detected.get());
        }
    }
}
