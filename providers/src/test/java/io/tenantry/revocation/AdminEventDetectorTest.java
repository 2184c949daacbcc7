package io.tenantry.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.Selector;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;

class AdminEventDetectorTest {
    private static final Set<ResourceType> ROLES = Set.of(ResourceType.REALM_ROLE, ResourceType.CLIENT_ROLE);

    private final FakeDirectory directory = new FakeDirectory();

    @Test
    void aDisabledUserIsRevokedAnEnabledOneIsNot() {
        assertThat(detect(OperationType.UPDATE, ResourceType.USER, "users/u1")).isEmpty();
        directory.disabledUser = "u1";
        assertThat(detect(OperationType.UPDATE, ResourceType.USER, "users/u1"))
                .containsExactly(Detected.now(Selector.sub("u1"), Cause.USER_DISABLED));
    }

    @Test
    void whatAdminsDoToAUserRevokesTheUser() {
        assertRevoked(OperationType.DELETE, ResourceType.USER, "users/u1", Selector.sub("u1"), Cause.USER_DELETED);
        assertRevoked(
                OperationType.ACTION, ResourceType.USER, "users/u1/logout", Selector.sub("u1"), Cause.ADMIN_LOGOUT);
        assertRevoked(
                OperationType.ACTION,
                ResourceType.USER,
                "users/u1/reset-password",
                Selector.sub("u1"),
                Cause.PASSWORD_CHANGED);
        assertRevoked(
                OperationType.ACTION,
                ResourceType.USER,
                "users/u1/credentials/c1",
                Selector.sub("u1"),
                Cause.CREDENTIAL_REMOVED);
        assertRevoked(
                OperationType.DELETE,
                ResourceType.USER,
                "users/u1/federated-identity/corp",
                Selector.sub("u1"),
                Cause.IDENTITY_UNLINKED);
        assertRevoked(
                OperationType.DELETE,
                ResourceType.GROUP_MEMBERSHIP,
                "users/u1/groups/g1",
                Selector.sub("u1"),
                Cause.GROUP_LEFT);
    }

    @Test
    void withdrawnConsentRevokesTheGrantOfAClientWhoseIdIsAUrl() {
        assertRevoked(
                OperationType.ACTION,
                ResourceType.USER,
                "users/u1/consents/https://app.example/",
                Selector.grant("https://app.example/", "u1"),
                Cause.GRANT_REVOKED);
    }

    @Test
    void rolesLostAreSeenOnTheRestPathAndOnTheConsoles() {
        for (ResourceType type : List.of(ResourceType.REALM_ROLE_MAPPING, ResourceType.CLIENT_ROLE_MAPPING)) {
            for (String path : List.of(
                    "users/u1/role-mappings/realm",
                    "users/u1/role-mappings/clients/c1",
                    "ui-ext/role-mapping-delete/users/u1")) {
                assertRevoked(OperationType.DELETE, type, path, Selector.sub("u1"), Cause.ROLE_LOST);
            }
        }
        assertRevoked(
                OperationType.DELETE,
                ResourceType.REALM_ROLE_MAPPING,
                "organizations/o1/groups/g1/role-mappings/realm",
                Selector.tenant("northbank"),
                Cause.ROLE_LOST);
    }

    @Test
    void sessionsEndOneByOneOrAllTogether() {
        assertRevoked(
                OperationType.DELETE,
                ResourceType.USER_SESSION,
                "sessions/s1",
                Selector.sid("s1"),
                Cause.SESSION_DELETED);
        assertRevoked(OperationType.ACTION, ResourceType.REALM, "logout-all", Selector.realm(), Cause.LOGOUT_ALL);
    }

    @Test
    void theRealmsNotBeforeIsReadThoughItsEventHasNoPath() {
        directory.realm = new RealmDirectory.RealmState(true, 1_700_000_000, false);
        assertThat(detect(OperationType.UPDATE, ResourceType.REALM, null))
                .containsExactly(new Detected(
                        Selector.realm(), Cause.NOT_BEFORE, Instant.ofEpochMilli(1_699_999_999_999L), true));
        directory.realm = new RealmDirectory.RealmState(false, 0, false);
        assertThat(detect(OperationType.UPDATE, ResourceType.REALM, null))
                .containsExactly(Detected.now(Selector.realm(), Cause.REALM_DISABLED));
        directory.realm = new RealmDirectory.RealmState(true, 0, true);
        assertThat(detect(OperationType.UPDATE, ResourceType.REALM, null))
                .containsExactly(Detected.now(Selector.realm(), Cause.TENANTS_OFF));
    }

    @Test
    void aClientIsRevokedByTheNameThatTokensCarry() {
        assertThat(detect(OperationType.UPDATE, ResourceType.CLIENT, "clients/c1"))
                .isEmpty();
        assertRevoked(
                OperationType.ACTION,
                ResourceType.CLIENT,
                "clients/c1/client-secret",
                Selector.azp("app"),
                Cause.CLIENT_SECRET_CHANGED);
        directory.client = new RealmDirectory.ClientState("app", false, 100);
        assertThat(detect(OperationType.UPDATE, ResourceType.CLIENT, "clients/c1"))
                .containsExactly(
                        Detected.now(Selector.azp("app"), Cause.CLIENT_DISABLED),
                        new Detected(Selector.azp("app"), Cause.NOT_BEFORE, Instant.ofEpochMilli(99_999), true));
    }

    @Test
    void membershipEndsInOneTenantOnly() {
        assertRevoked(
                OperationType.DELETE,
                ResourceType.ORGANIZATION_MEMBERSHIP,
                "organizations/o1/members/u1",
                Selector.member("northbank", "u1"),
                Cause.MEMBERSHIP_LOST);
        assertRevoked(
                OperationType.DELETE,
                ResourceType.ORGANIZATION_GROUP_MEMBERSHIP,
                "organizations/o1/groups/g1/members/u1",
                Selector.member("northbank", "u1"),
                Cause.GROUP_LEFT);
    }

    @Test
    void aTenantIsRevokedWhenDisabledOrWhenOneOfItsGroupsGoes() {
        assertThat(detect(OperationType.UPDATE, ResourceType.ORGANIZATION, "organizations/o1"))
                .isEmpty();
        assertRevoked(
                OperationType.DELETE,
                ResourceType.ORGANIZATION_GROUP,
                "organizations/o1/groups/g1",
                Selector.tenant("northbank"),
                Cause.GROUP_LEFT);
        directory.organization = new RealmDirectory.OrganizationState("northbank", false);
        assertRevoked(
                OperationType.UPDATE,
                ResourceType.ORGANIZATION,
                "organizations/o1",
                Selector.tenant("northbank"),
                Cause.TENANT_DISABLED);
    }

    @Test
    void aRoleTakenFromAGroupOfTheRealmRevokesItsMembersOrIfTheyAreTooManyTheRealm() {
        for (String path : List.of("groups/g1/role-mappings/realm", "ui-ext/role-mapping-delete/groups/g1")) {
            directory.groupMembers = List.of("u1", "u2");
            assertThat(detect(OperationType.DELETE, ResourceType.REALM_ROLE_MAPPING, path))
                    .containsExactly(
                            Detected.now(Selector.sub("u1"), Cause.ROLE_LOST),
                            Detected.now(Selector.sub("u2"), Cause.ROLE_LOST));
            directory.groupMembers = null;
            assertRevoked(
                    OperationType.DELETE, ResourceType.REALM_ROLE_MAPPING, path, Selector.realm(), Cause.ROLE_LOST);
        }
    }

    @Test
    void aDeletedRoleRevokesTheRealmAChangedOneNothing() {
        for (ResourceType type : List.of(ResourceType.REALM_ROLE, ResourceType.CLIENT_ROLE)) {
            assertRevoked(OperationType.DELETE, type, "roles/teller", Selector.realm(), Cause.ROLE_LOST);
            assertThat(detect(OperationType.UPDATE, type, "roles/teller")).isEmpty();
            assertThat(detect(OperationType.CREATE, type, "roles/teller")).isEmpty();
        }
    }

    @Test
    void nothingBreaksOnAPathItDoesNotKnow() {
        for (ResourceType type : ResourceType.values()) {
            for (OperationType operation : OperationType.values()) {
                if (operation == OperationType.DELETE && ROLES.contains(type)) {
                    // These end trust wherever the role was
                    continue;
                }
                for (String path : Arrays.asList("", "users", "users/", "organizations//members/", "x/y/z")) {
                    assertThat(detect(operation, type, path))
                            .as(operation + " " + type + " " + path)
                            .isEmpty();
                }
                detect(operation, type, null);
            }
        }
        AdminEvent custom = new AdminEvent();
        custom.setOperationType(OperationType.DELETE);
        custom.setResourceTypeAsString("SOMETHING_ELSE");
        assertThat(AdminEventDetector.detect(custom, directory)).isEmpty();
    }

    private void assertRevoked(
            OperationType operation, ResourceType type, String path, Selector selector, Cause cause) {
        assertThat(detect(operation, type, path)).containsExactly(Detected.now(selector, cause));
    }

    private List<Detected> detect(OperationType operation, ResourceType type, String path) {
        AdminEvent event = new AdminEvent();
        event.setOperationType(operation);
        event.setResourceType(type);
        event.setResourcePath(path);
        return AdminEventDetector.detect(event, directory);
    }

    private static final class FakeDirectory implements RealmDirectory {
        private RealmState realm = new RealmState(true, 0, false);
        private ClientState client = new ClientState("app", true, 0);
        private OrganizationState organization = new OrganizationState("northbank", true);
        private String disabledUser = "";
        private List<String> groupMembers = List.of("u1", "u2");

        @Override
        public RealmState realm() {
            return realm;
        }

        @Override
        public ClientState client(String id) {
            return id.equals("c1") ? client : null;
        }

        @Override
        public OrganizationState organization(String id) {
            return id.equals("o1") ? organization : null;
        }

        @Override
        public List<String> groupMembers(String id) {
            return id.equals("g1") ? groupMembers : List.of();
        }

        @Override
        public boolean isUserDisabled(String id) {
            return id.equals(disabledUser);
        }
    }
}
