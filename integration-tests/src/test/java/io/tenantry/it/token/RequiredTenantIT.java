package io.tenantry.it.token;

import static io.restassured.RestAssured.given;
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

/** A clear error rather than a token without, or with more than, a tenant. */
@WithServer
class RequiredTenantIT {
    @Test
    void withoutATenantNothingIsIssued(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestUser nobody = realm.user("nobody");
        TestClient app = lenders.strictClient("app");

        for (Tokens refused : List.of(
                app.password(lenders.alice(), "openid"),
                app.password(lenders.alice(), "openid organization"),
                app.password(nobody, "openid organization"),
                app.clientCredentials("profile"),
                app.clientCredentials("organization"))) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.error()).isEqualTo("invalid_scope");
            assertThat(refused.errorDescription()).contains("organization:<tenant>");
        }
    }

    @Test
    void severalTenantsAtOnceAreRefusedInAnyOrder(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        for (TestClient app : List.of(lenders.client("app"), lenders.strictClient("strict"))) {
            for (String scope : List.of(
                    "openid organization:northbank organization:harbor",
                    "openid organization:harbor organization:northbank")) {
                Tokens refused = app.password(lenders.alice(), scope);
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.error()).isEqualTo("invalid_scope");
            }
        }
        assertThat(lenders.strictClient("all")
                        .password(lenders.alice(), "openid organization:*")
                        .error())
                .isEqualTo("invalid_scope");
    }

    @Test
    void oneHeldAndOneForeignTenantAreRefusedRatherThanSilentlyDropped(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        realm.org("summit");
        TestClient app = lenders.client("app");

        for (String scope :
                List.of("organization:northbank organization:summit", "organization:summit organization:northbank")) {
            assertThat(app.password(lenders.alice(), "openid " + scope).error()).isEqualTo("invalid_scope");
        }
    }

    @Test
    void aForeignTenantIsRefusedInTheWordsForAnUnknownOne(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        realm.org("summit");
        TestClient app = lenders.client("app");

        Tokens foreign = app.password(lenders.alice(), "openid organization:summit");
        Tokens unknown = app.password(lenders.alice(), "openid organization:nowhere");

        assertThat(foreign.status()).isEqualTo(unknown.status());
        assertThat(foreign.error()).isEqualTo(unknown.error());
        assertThat(foreign.errorDescription()).isEqualTo("Invalid scopes: openid organization:summit");
        assertThat(unknown.errorDescription()).isEqualTo("Invalid scopes: openid organization:nowhere");
    }

    @Test
    void aRefusalIsReportedAsAnEvent(TestRealm realm) {
        realm.update(Map.of("eventsEnabled", true));
        Lenders lenders = Lenders.in(realm);
        realm.org("summit");
        lenders.client("app").password(lenders.alice(), "openid organization:summit");

        assertThat(realm.admin().get("/events?type=LOGIN_ERROR").jsonPath().getList("error"))
                .contains("tenant_unavailable");
    }

    @Test
    void serviceAccountsGetTheirOnlyTenantAndNameOneOfSeveral(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient batch = lenders.strictClient("batch");
        lenders.northbank().addMember(batch.serviceAccountId());

        assertThat(batch.clientCredentials("profile").accessClaims()).containsEntry("tenant_id", "northbank");

        lenders.harbor().addMember(batch.serviceAccountId());
        assertThat(batch.clientCredentials("profile").error()).isEqualTo("invalid_scope");
        assertThat(batch.clientCredentials("organization:harbor").accessClaims())
                .containsEntry("tenant_id", "harbor");

        batch.update(Map.of("attributes", Map.of("tenant.allowed", "harbor")));
        assertThat(batch.clientCredentials("profile").accessClaims()).containsEntry("tenant_id", "harbor");
        assertThat(batch.clientCredentials("organization:northbank").error()).isEqualTo("invalid_scope");
    }

    @Test
    void owningAClientGivesNoMembership(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient batch = lenders.strictClient("batch");
        batch.update(Map.of("attributes", Map.of("tenant.allowed", "northbank")));

        assertThat(batch.clientCredentials("profile").error()).isEqualTo("invalid_scope");
    }

    @Test
    void aTokenOverItsLimitIsRefusedAndTheErrorNamesTheLargestClaims(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = Lenders.mapped(
                realm.confidentialClient("app"), Map.of("tenant.bytes.warn", "400", "tenant.bytes.limit", "500"));

        Tokens refused = app.password(lenders.alice(), "openid organization:northbank");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errorDescription()).contains("500").contains("resource_access (");
    }

    @Test
    void aTokenOverItsWarningSizeIsIssuedCountedAndLoggedOnce(TestRealm realm, TestServer server) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = Lenders.mapped(realm.confidentialClient("wordy"), Map.of("tenant.bytes.warn", "500"));

        for (int i = 0; i < 3; i++) {
            assertThat(app.password(lenders.alice(), "openid organization:northbank")
                            .status())
                    .isEqualTo(200);
        }

        assertThat(given().get(server.keycloak().managementUri() + "/metrics").asString())
                .containsPattern("tenantry_token_over_budget_total\\{[^}]*client=\"wordy\"[^}]*outcome=\"issued\"[^}]*"
                        + "realm=\"" + realm.name() + "\"[^}]*} 3\\.0");
        assertThat(server.keycloak()
                        .log()
                        .lines()
                        .filter(line -> line.contains("Realm " + realm.name() + ", client wordy"))
                        .toList())
                .singleElement()
                .asString()
                .contains("more than 500", "resource_access (");
    }

    @Test
    void theReckonedSizeIsTheRealOne(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        int size = lenders.client("probe")
                .password(lenders.alice(), "openid organization:northbank")
                .accessToken()
                .length();

        TestClient exact = Lenders.mapped(
                realm.confidentialClient("probo"),
                Map.of("tenant.bytes.warn", "1", "tenant.bytes.limit", Integer.toString(size)));
        TestClient tight = Lenders.mapped(
                realm.confidentialClient("probu"),
                Map.of("tenant.bytes.warn", "1", "tenant.bytes.limit", Integer.toString(size - 3)));

        assertThat(exact.password(lenders.alice(), "openid organization:northbank")
                        .status())
                .isEqualTo(200);
        assertThat(tight.password(lenders.alice(), "openid organization:northbank")
                        .status())
                .isEqualTo(400);
    }
}
