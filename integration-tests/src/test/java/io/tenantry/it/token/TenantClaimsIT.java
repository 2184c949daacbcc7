package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the four documents say. */
@WithServer
class TenantClaimsIT {
    @Test
    void allFourDocumentsSpeakOfTheSameTenantAndOfNoOther(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app")
                .mapper(
                        "oidc-group-membership-mapper",
                        Map.of(
                                "claim.name", "groups",
                                "full.path", "true",
                                "access.token.claim", "true",
                                "id.token.claim", "true",
                                "userinfo.token.claim", "true"))
                .mapper(
                        "oidc-organization-group-membership-mapper",
                        Map.of(
                                "addGroupRoleMappings", "true",
                                "access.token.claim", "true",
                                "id.token.claim", "true",
                                "userinfo.token.claim", "true",
                                "introspection.token.claim", "true"));

        for (String scope : List.of("openid roles organization:harbor", "openid organization:harbor profile")) {
            Tokens tokens = app.password(lenders.alice(), scope);
            assertThat(List.of(
                            tokens.accessClaims(),
                            tokens.idClaims(),
                            app.userinfo(tokens.accessToken()).jsonPath().<String, Object>getMap(""),
                            app.introspect(tokens.accessToken()).jsonPath().<String, Object>getMap("")))
                    .allSatisfy(document -> {
                        assertThat(document)
                                .containsEntry("tenant_id", "harbor")
                                .containsEntry("tenant_roles", List.of("analyst", "underwriter"));
                        assertThat(document.toString()).doesNotContain("northbank", "teller");
                    });
        }
    }

    @Test
    void groupsPassOnTheRolesOfTheirParents(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestUser bob = realm.user("bob");
        lenders.northbank().add(bob);
        lenders.northbank()
                .group("staff")
                .realmRole("employee")
                .child("branch")
                .realmRole("branch-clerk")
                .add(bob);

        assertThat(lenders.client("app").password(bob, "openid organization").accessClaims())
                .containsEntry("tenant_roles", List.of("branch-clerk", "employee"));
    }

    @Test
    void aMemberWithoutRolesHasAnEmptyArray(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestUser bob = realm.user("bob");
        lenders.northbank().add(bob);

        assertThat(lenders.client("app").password(bob, "openid organization").accessClaims())
                .containsEntry("tenant_id", "northbank")
                .containsEntry("tenant_roles", List.of());
    }

    @Test
    void withoutAnOrganizationScopeThereIsNoTenant(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);

        assertThat(lenders.client("app").password(lenders.alice(), "openid").accessClaims())
                .doesNotContainKeys("tenant_id", "tenant_roles");
    }

    @Test
    void aDedicatedRealmIsATenantWithTheRolesHeldThere(TestServer server) {
        try (TestRealm granite = server.createRealm(
                Map.of("organizationsEnabled", false, "attributes", Map.of("tenant_id", "granite")))) {
            TestUser bob = granite.user("bob");
            granite.role("teller");
            granite.admin()
                    .body(List.of(
                            granite.admin().get("/roles/teller").jsonPath().getMap("")))
                    .post("/users/{id}/role-mappings/realm", bob.id())
                    .then()
                    .statusCode(204);
            TestClient app = Lenders.mapped(granite.confidentialClient("app"), Map.of("tenant.required", "true"));

            Tokens tokens = app.password(bob, "openid");

            assertThat(tokens.accessClaims())
                    .containsEntry("tenant_id", "granite")
                    .containsEntry("tenant_roles", List.of("teller"));
            assertThat(app.refresh(tokens).idClaims()).containsEntry("tenant_id", "granite");
            assertThat(app.introspect(tokens.accessToken()).jsonPath().getString("tenant_id"))
                    .isEqualTo("granite");
        }
    }

    @Test
    void rolesChangedInTheConsoleShowAtTheNextRefresh(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Tokens tokens = app.password(lenders.alice(), "openid organization:northbank");

        lenders.northbank().group("auditors").realmRole("auditor").add(lenders.alice());

        assertThat(app.refresh(tokens).accessClaims()).containsEntry("tenant_roles", List.of("auditor", "teller"));
    }

    @Test
    void clientRolesAndClaimNamesAreAsSet(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = Lenders.mapped(
                realm.confidentialClient("app"),
                Map.of(
                        "tenant.id.claim", "https://lending.example/lender",
                        "tenant.roles.claim", "duties",
                        "tenant.roles.source", "both",
                        "tenant.roles.prefix", "loan-"));
        realm.admin()
                .body(Map.of("name", "loan-writer"))
                .post("/clients/{id}/roles", app.id())
                .then()
                .statusCode(201);
        var writers =
                lenders.northbank().group("writers").realmRole("loan-reader").add(lenders.alice());
        writers.admin()
                .body(List.of(realm.admin()
                        .get("/clients/{id}/roles/loan-writer", app.id())
                        .jsonPath()
                        .getMap("")))
                .post("/role-mappings/clients/{id}", app.id())
                .then()
                .statusCode(204);

        Tokens tokens = app.password(lenders.alice(), "openid organization:northbank");

        assertThat(app.refresh(tokens).accessClaims())
                .containsEntry("https://lending.example/lender", "northbank")
                .containsEntry("duties", List.of("loan-reader", "loan-writer"))
                .doesNotContainKeys("tenant_id", "tenant_roles");
    }

    @Test
    void theConsoleRefusesSettingsThatCannotBeUsed(TestRealm realm) {
        TestClient app = realm.confidentialClient("app");

        for (Map<String, String> config : List.of(
                Map.of("tenant.bytes.limit", "many"),
                Map.of("tenant.roles.client", "nobody"),
                Map.of("tenant.id.claim", "sub"))) {
            String answer = realm.admin()
                    .body(Map.of(
                            "name", "tenant",
                            "protocol", "openid-connect",
                            "protocolMapper", "tenant-claims-mapper",
                            "config", config))
                    .post("/clients/{id}/protocol-mappers/models", app.id())
                    .then()
                    .statusCode(400)
                    .extract()
                    .asString();
            assertThat(answer).contains(config.keySet());
        }
    }
}
