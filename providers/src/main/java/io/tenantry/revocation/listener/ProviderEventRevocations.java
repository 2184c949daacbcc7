package io.tenantry.revocation.listener;

import static io.tenantry.revocation.ModelChangeDetector.mayInheritLess;

import io.tenantry.revocation.Detected;
import io.tenantry.revocation.ModelChangeDetector;
import io.tenantry.revocation.RealmDirectory;
import io.tenantry.tenant.SilentEnding;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityRemovedEvent;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.OrganizationModel.OrganizationMemberLeaveEvent;
import org.keycloak.models.OrganizationModel.OrganizationRemovedEvent;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.workflow.ResourceType;
import org.keycloak.models.workflow.WorkflowProviderEvent;
import org.keycloak.organization.OrganizationProvider;
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
        } else if (event instanceof GroupModel.GroupEvent group) {
            group(group);
        } else if (event instanceof RoleModel.RoleRevokedEvent revoked) {
            add(
                    revoked.getKeycloakSession(),
                    revoked.getRealm(),
                    ModelChangeDetector.roleRevoked(
                            revoked.getUser().getId(), signingIn(revoked.getKeycloakSession())));
        } else if (event instanceof FederatedIdentityRemovedEvent removed) {
            add(
                    removed.getKeycloakSession(),
                    removed.getRealm(),
                    ModelChangeDetector.identityUnlinked(removed.getUser().getId()));
        } else if (event instanceof RealmModel.IdentityProviderRemovedEvent removed) {
            add(
                    removed.getKeycloakSession(),
                    removed.getRealm(),
                    () -> List.of(ModelChangeDetector.providerDeleted(aliasOf(
                            removed.getKeycloakSession(),
                            removed.getRealm(),
                            removed.getRemovedIdentityProvider().getOrganizationId()))));
        } else if (event instanceof ClientModel.ClientUpdatedEvent updated) {
            // Its tokens may live for another time than the realm's
            lifetimesMayHaveChanged(
                    updated.getKeycloakSession(), updated.getUpdatedClient().getRealm());
        } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
            RevocationUnit.of(removed.getKeycloakSession(), service).removed(removed.getRealm());
        } else if (event instanceof RealmModel.RealmPostCreateEvent created) {
            RevocationUnit.of(created.getKeycloakSession(), service)
                    .created(created.getCreatedRealm().getId());
        } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
            lifetimesMayHaveChanged(
                    removed.getKeycloakSession(), removed.getClient().getRealm());
            add(
                    removed.getKeycloakSession(),
                    removed.getClient().getRealm(),
                    ModelChangeDetector.clientDeleted(removed.getClient().getClientId()));
        } else if (event instanceof WorkflowProviderEvent.WorkflowStepExecutedEvent executed) {
            stepExecuted(executed);
        } else if (event instanceof SilentEnding silent) {
            add(silent.session(), silent.realm(), detected(silent));
        }
    }

    private void group(GroupModel.GroupEvent event) {
        GroupModel group = event.getGroup();
        if (event instanceof GroupModel.GroupRemovedEvent && group.getType() == GroupModel.Type.REALM) {
            add(event, () -> ModelChangeDetector.groupDeleted(members(event)));
        } else if (event instanceof GroupModel.GroupMemberLeaveEvent left && !isWholeTenant(group)) {
            add(
                    event,
                    () -> List.of(ModelChangeDetector.groupLeft(
                            tenantOf(group), left.getUser().getId(), signingIn(event.getKeycloakSession()))));
        } else if (event instanceof GroupModel.GroupPathChangeEvent moved
                && mayInheritLess(moved.getPreviousPath(), moved.getNewPath())) {
            add(event, () -> {
                String tenant = tenantOf(group);
                return tenant == null
                        ? ModelChangeDetector.groupMoved(members(event))
                        : List.of(ModelChangeDetector.tenantGroupMoved(tenant));
            });
        }
    }

    /** Every member of an organization is in a group that no other holds; who leaves it has an event that says more. */
    private static boolean isWholeTenant(GroupModel group) {
        return group.getType() == GroupModel.Type.ORGANIZATION && group.getParentId() == null;
    }

    private static @Nullable String tenantOf(GroupModel group) {
        OrganizationModel organization =
                group.getType() == GroupModel.Type.ORGANIZATION ? group.getOrganization() : null;
        return organization == null ? null : organization.getAlias();
    }

    private static @Nullable List<String> members(GroupModel.GroupEvent event) {
        return GroupMembers.of(event.getKeycloakSession(), event.getRealm(), event.getGroup());
    }

    /**
     * Looks at what a step of a workflow leaves disabled, which nothing else announces. The step was committed in a
     * session of its own, and the event's may remember how things were before: both the look and what follows from it
     * have another.
     */
    private void stepExecuted(WorkflowProviderEvent.WorkflowStepExecutedEvent executed) {
        KeycloakSession outer = executed.getKeycloakSession();
        KeycloakModelUtils.runJobInTransaction(outer.getKeycloakSessionFactory(), outer.getContext(), session -> {
            RealmModel realm = session.getContext().getRealm();
            add(session, realm, () -> disabled(new SessionRealmDirectory(session, realm), executed));
        });
    }

    private static List<Detected> disabled(
            RealmDirectory directory, WorkflowProviderEvent.WorkflowStepExecutedEvent executed) {
        String id = executed.getResourceId();
        if (executed.getResourceType() == ResourceType.USERS) {
            return directory.isUserDisabled(id) ? List.of(ModelChangeDetector.userDisabled(id)) : List.of();
        }
        RealmDirectory.ClientState client = directory.client(id);
        return client == null || client.enabled()
                ? List.of()
                : List.of(ModelChangeDetector.clientDisabled(client.clientId()));
    }

    private static Detected detected(SilentEnding silent) {
        if (silent instanceof SilentEnding.CodeReused reused) {
            return ModelChangeDetector.codeReused(
                    reused.client().getClientId(), reused.user().getId());
        }
        if (silent instanceof SilentEnding.PasswordDisabled disabled) {
            return ModelChangeDetector.credentialRemoved(disabled.user().getId());
        }
        SilentEnding.ProviderUnlinked unlinked = (SilentEnding.ProviderUnlinked) silent;
        return ModelChangeDetector.providerUnlinked(unlinked.organization().getAlias());
    }

    private static @Nullable String aliasOf(
            KeycloakSession session, RealmModel realm, @Nullable String organizationId) {
        if (organizationId == null || !realm.isOrganizationsEnabled()) {
            return null;
        }
        OrganizationModel organization =
                session.getProvider(OrganizationProvider.class).getById(organizationId);
        return organization == null ? null : organization.getAlias();
    }

    /** Whether the change is made to a user by that user's own sign-in, such as by an identity provider's mappers. */
    private static boolean signingIn(KeycloakSession session) {
        return session.getContext().getAuthenticationSession() != null;
    }

    private void lifetimesMayHaveChanged(KeycloakSession session, RealmModel realm) {
        RevocationUnit.of(session, service).lifetimesMayHaveChanged(realm.getId());
    }

    private void add(GroupModel.GroupEvent event, Supplier<List<Detected>> detected) {
        add(event.getKeycloakSession(), event.getRealm(), detected);
    }

    private void add(KeycloakSession session, RealmModel realm, Detected detected) {
        add(session, realm, () -> List.of(detected));
    }

    private void add(KeycloakSession session, @Nullable RealmModel realm, Supplier<List<Detected>> detected) {
        if (realm != null && RevocationListenerFactory.listensTo(realm)) {
            List<Detected> found = detected.get();
            if (!found.isEmpty()) {
                RevocationUnit.of(session, service).add(Objects.requireNonNull(realm.getId()), found);
            }
        }
    }
}
