package io.tenantry.revocation;

import io.tenantry.contract.Selector;
import io.tenantry.revocation.RealmDirectory.ClientState;
import io.tenantry.revocation.RealmDirectory.OrganizationState;
import io.tenantry.revocation.RealmDirectory.RealmState;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;

/**
 * What an admin event revokes. It reads where the change was made (the path) and how things stand now (the directory), not
 * the representation: an admin may have sent any part of one.
 */
public final class AdminEventDetector {
    private AdminEventDetector() {}

    /** The revocations that follow from the event, as narrow as it allows; empty for most. */
    public static List<Detected> detect(AdminEvent event, RealmDirectory directory) {
        AdminPath path = AdminPath.of(event.getResourcePath());
        OperationType operation = event.getOperationType();
        if (event.getResourceType() == null) {
            return List.of();
        }
        // A switch over an enum of Keycloak's cannot be exhaustive: other versions have other constants
        return switch (event.getResourceType()) {
            case USER -> user(operation, path, directory);
            case USER_SESSION -> session(operation, path);
            case REALM -> realm(operation, path, directory);
            case CLIENT -> client(operation, path, directory);
            case ORGANIZATION -> organization(operation, path, directory);
            case ORGANIZATION_MEMBERSHIP -> member(operation, path, directory, Cause.MEMBERSHIP_LOST);
            case ORGANIZATION_GROUP_MEMBERSHIP -> member(operation, path, directory, Cause.GROUP_LEFT);
            case ORGANIZATION_GROUP -> organizationGroup(operation, path, directory);
            case REALM_ROLE, CLIENT_ROLE ->
                // The role itself, or one that it included; whoever has it by groups and composites is not to be listed
                operation == OperationType.DELETE
                        ? List.of(Detected.now(Selector.realm(), Cause.ROLE_LOST))
                        : List.of();
            case GROUP_MEMBERSHIP -> groupMembership(operation, path);
            case REALM_ROLE_MAPPING, CLIENT_ROLE_MAPPING -> roleMapping(operation, path, directory);
            default -> List.of();
        };
    }

    private static List<Detected> user(OperationType operation, AdminPath path, RealmDirectory directory) {
        String id = path.after("users");
        if (id == null) {
            return List.of();
        }
        Selector user = Selector.sub(id);
        List<String> rest = path.rest("users");
        return switch (operation) {
            case UPDATE ->
                rest.isEmpty() && directory.isUserDisabled(id)
                        ? List.of(Detected.now(user, Cause.USER_DISABLED))
                        : List.of();
            case DELETE -> {
                if (rest.isEmpty()) {
                    yield List.of(Detected.now(user, Cause.USER_DELETED));
                }
                yield rest.get(0).equals("federated-identity")
                        ? List.of(Detected.now(user, Cause.IDENTITY_UNLINKED))
                        : List.of();
            }
            case ACTION -> userAction(id, user, rest);
            case CREATE -> List.of();
        };
    }

    private static List<Detected> userAction(String id, Selector user, List<String> rest) {
        if (rest.isEmpty()) {
            return List.of();
        }
        return switch (rest.get(0)) {
            case "logout" -> List.of(Detected.now(user, Cause.ADMIN_LOGOUT));
            case "reset-password" -> List.of(Detected.now(user, Cause.PASSWORD_CHANGED));
            case "credentials" ->
                // Its other actions move a credential or label it, and have a longer path
                rest.size() == 2 ? List.of(Detected.now(user, Cause.CREDENTIAL_REMOVED)) : List.of();
            case "consents" ->
                // A client's id is often a URL
                rest.size() >= 2
                        ? List.of(Detected.now(
                                Selector.grant(String.join("/", rest.subList(1, rest.size())), id),
                                Cause.GRANT_REVOKED))
                        : List.of();
            default -> List.of();
        };
    }

    private static List<Detected> session(OperationType operation, AdminPath path) {
        String id = path.after("sessions");
        return operation == OperationType.DELETE && id != null
                ? List.of(Detected.now(Selector.sid(id), Cause.SESSION_DELETED))
                : List.of();
    }

    private static List<Detected> realm(OperationType operation, AdminPath path, RealmDirectory directory) {
        if (operation == OperationType.ACTION && path.isExactly("logout-all")) {
            return List.of(Detected.now(Selector.realm(), Cause.LOGOUT_ALL));
        }
        // The realm's own update comes without any path
        if (operation != OperationType.UPDATE || !path.isEmpty()) {
            return List.of();
        }
        RealmState state = directory.realm();
        List<Detected> found = state(Selector.realm(), state.enabled(), state.notBefore(), Cause.REALM_DISABLED);
        if (state.tenantsOff()) {
            // Said again at every update: until they are on again no token is for a tenant
            found.add(Detected.now(Selector.realm(), Cause.TENANTS_OFF));
        }
        return found;
    }

    private static List<Detected> client(OperationType operation, AdminPath path, RealmDirectory directory) {
        String id = path.after("clients");
        // What a deleted client was called is known only before: the provider event tells
        if (id == null || operation == OperationType.DELETE || operation == OperationType.CREATE) {
            return List.of();
        }
        ClientState state = directory.client(id);
        if (state == null) {
            return List.of();
        }
        Selector client = Selector.azp(state.clientId());
        List<String> rest = path.rest("clients");
        if (operation == OperationType.UPDATE) {
            return rest.isEmpty()
                    ? state(client, state.enabled(), state.notBefore(), Cause.CLIENT_DISABLED)
                    : List.of();
        }
        return rest.equals(List.of("client-secret"))
                ? List.of(Detected.now(client, Cause.CLIENT_SECRET_CHANGED))
                : List.of();
    }

    private static List<Detected> state(Selector selector, boolean enabled, int notBefore, Cause disabled) {
        List<Detected> found = new ArrayList<>();
        if (!enabled) {
            found.add(Detected.now(selector, disabled));
        }
        if (notBefore > 0) {
            // Said again at every update: the same cutoff changes nothing, and one long past is dropped as expired
            found.add(Detected.before(selector, notBefore));
        }
        return found;
    }

    private static List<Detected> organization(OperationType operation, AdminPath path, RealmDirectory directory) {
        String id = path.after("organizations");
        // The alias of a deleted one is known only before: the provider event tells
        if (id == null
                || operation != OperationType.UPDATE
                || !path.rest("organizations").isEmpty()) {
            return List.of();
        }
        OrganizationState state = directory.organization(id);
        return state == null || state.enabled()
                ? List.of()
                : List.of(Detected.now(Selector.tenant(state.alias()), Cause.TENANT_DISABLED));
    }

    private static List<Detected> member(
            OperationType operation, AdminPath path, RealmDirectory directory, Cause cause) {
        String organizationId = path.after("organizations");
        String userId = path.after("members");
        if (operation != OperationType.DELETE || organizationId == null || userId == null) {
            return List.of();
        }
        OrganizationState organization = directory.organization(organizationId);
        return organization == null
                ? List.of()
                : List.of(Detected.now(Selector.member(organization.alias(), userId), cause));
    }

    private static List<Detected> organizationGroup(OperationType operation, AdminPath path, RealmDirectory directory) {
        return operation == OperationType.DELETE ? wholeTenant(path, directory, Cause.GROUP_LEFT) : List.of();
    }

    private static List<Detected> groupMembership(OperationType operation, AdminPath path) {
        String userId = path.after("users");
        return operation == OperationType.DELETE && userId != null
                ? List.of(Detected.now(Selector.sub(userId), Cause.GROUP_LEFT))
                : List.of();
    }

    private static List<Detected> roleMapping(OperationType operation, AdminPath path, RealmDirectory directory) {
        if (operation != OperationType.DELETE) {
            return List.of();
        }
        // REST: users/{id}/role-mappings/…; the console: ui-ext/role-mapping-delete/users/{id}
        String userId = path.after("users");
        if (userId != null) {
            return List.of(Detected.now(Selector.sub(userId), Cause.ROLE_LOST));
        }
        String groupId = path.after("groups");
        if (groupId != null && path.after("organizations") == null) {
            return ModelChangeDetector.members(directory.groupMembers(groupId), Cause.ROLE_LOST);
        }
        return wholeTenant(path, directory, Cause.ROLE_LOST);
    }

    /** A group's members may be many and are not in the event: the tenant is the narrowest that surely holds them. */
    private static List<Detected> wholeTenant(AdminPath path, RealmDirectory directory, Cause cause) {
        String organizationId = path.after("organizations");
        OrganizationState organization = organizationId == null ? null : directory.organization(organizationId);
        return organization == null ? List.of() : List.of(Detected.now(Selector.tenant(organization.alias()), cause));
    }
}
