package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A refresh stays in its tenant, and ends with it. */
@WithServer
class RefreshIT {
    /** Those that ask for nothing else than what was granted. */
    private static final List<String> SAME =
            List.of("", "openid", "openid organization", "openid organization:*", "openid organization:northbank");

    @Test
    void everyScopeFormStaysInTheTenantWhileMembershipLasts(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Tokens tokens = app.password(lenders.alice(), "openid organization:northbank");

        for (String scope : SAME) {
            assertThat(refresh(app, tokens, scope).accessClaims())
                    .as("scope '%s'", scope)
                    .containsEntry("tenant_id", "northbank")
                    .containsEntry("tenant_roles", List.of("teller"));
        }
    }

    @Test
    void anotherTenantCannotBeReached(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        realm.org("summit");
        TestClient app = lenders.client("app");
        Tokens tokens = app.password(lenders.alice(), "openid organization:northbank");

        for (String other : List.of("harbor", "summit")) {
            Tokens refused = app.refresh(tokens, "openid organization:" + other);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.error()).isEqualTo("invalid_scope");
        }
        assertThat(app.refresh(tokens).accessClaims()).containsEntry("tenant_id", "northbank");
    }

    @Test
    void aTokenForSeveralTenantsIsForNoneAndStaysSo(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Tokens all = app.password(lenders.alice(), "openid organization:*");
        assertThat(all.accessClaims()).doesNotContainKeys("tenant_id", "organization");
        assertThat(all.accessClaims().toString()).doesNotContain("northbank", "harbor");
        assertThat(app.refresh(all).accessClaims()).doesNotContainKeys("tenant_id", "organization");

        Tokens narrowed = app.refresh(all, "openid organization:harbor");

        assertThat(narrowed.status()).isEqualTo(400);
        assertThat(narrowed.error()).isEqualTo("invalid_scope");
    }

    @Test
    void aMembershipThatIsRegainedBringsNothingBack(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        for (String more : List.of("", " offline_access")) {
            Tokens before = app.password(lenders.alice(), "openid organization:northbank" + more);
            lenders.northbank().remove(lenders.alice());
            lenders.northbank().add(lenders.alice());
            Tokens after = app.password(lenders.alice(), "openid organization:northbank" + more);

            assertThat(app.refresh(before).error()).isEqualTo("invalid_grant");
            assertThat(app.introspect(before.accessToken()).jsonPath().getBoolean("active"))
                    .isFalse();
            assertThat(app.refresh(after).accessClaims()).containsEntry("tenant_id", "northbank");
        }
    }

    @Test
    void anAliasThatIsUsedAgainBringsNothingBack(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Tokens online = app.password(lenders.alice(), "openid organization:northbank");
        Tokens offline = app.password(lenders.alice(), "openid offline_access organization:northbank");

        lenders.northbank().delete();
        realm.org("northbank").add(lenders.alice());

        for (Tokens before : List.of(online, offline)) {
            assertThat(app.refresh(before).error()).isEqualTo("invalid_grant");
            assertThat(app.introspect(before.accessToken()).jsonPath().<String, Object>getMap(""))
                    .isEqualTo(Map.of("active", false));
            assertThat(app.userinfo(before.accessToken()).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void lostMembershipEndsEveryFormOfRefreshAndIntrospectionSaysSo(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Tokens tokens = app.password(lenders.alice(), "openid organization:northbank");

        lenders.northbank().remove(lenders.alice());

        assertEnded(app, tokens);
    }

    @Test
    void aDisabledTenantEndsItsTokensUntilItIsEnabledAgain(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Tokens tokens = app.password(lenders.alice(), "openid organization:northbank");

        lenders.northbank().update(Map.of("enabled", false));
        assertEnded(app, tokens);
        lenders.northbank().update(Map.of("enabled", true));

        assertThat(app.refresh(tokens).accessClaims()).containsEntry("tenant_id", "northbank");
        // What was issued before is revoked, for Keycloak as for every consumer
        assertThat(app.introspect(tokens.accessToken()).jsonPath().getBoolean("active"))
                .isFalse();
    }

    @Test
    void aDeletedTenantEndsItsTokensAndNoOther(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Tokens northbank = app.password(lenders.alice(), "openid organization:northbank");
        Tokens harbor = app.password(lenders.alice(), "openid organization:harbor");

        lenders.northbank().delete();

        assertEnded(app, northbank);
        assertThat(app.refresh(harbor).accessClaims()).containsEntry("tenant_id", "harbor");
    }

    @Test
    void lossIsSeenAlsoWhereStocksOrganizationClaimIsAbsent(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient batch = lenders.client("batch");
        lenders.northbank().addMember(batch.serviceAccountId());
        Tokens tokens = batch.clientCredentials("profile");
        assertThat(tokens.accessClaims())
                .containsEntry("tenant_id", "northbank")
                .doesNotContainKey("organization");

        lenders.northbank().update(Map.of("enabled", false));

        assertThat(batch.introspect(tokens.accessToken()).jsonPath().<String, Object>getMap(""))
                .isEqualTo(Map.of("active", false));
    }

    @Test
    void offlineTokensKeepTheirTenantWithoutASession(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Tokens offline = app.password(lenders.alice(), "openid offline_access organization:northbank");
        Tokens other = app.password(lenders.alice(), "openid offline_access organization:harbor");

        for (int round = 0; round < 3; round++) {
            offline = app.refresh(offline);
            other = app.refresh(other);
            assertThat(offline.accessClaims()).containsEntry("tenant_id", "northbank");
            assertThat(other.accessClaims()).containsEntry("tenant_id", "harbor");
        }
        lenders.northbank().remove(lenders.alice());
        assertEnded(app, offline);
    }

    @Test
    void lightweightTokensAreOfOneTenantToo(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        realm.admin()
                .body(Map.of(
                        "clientId", "app", "attributes", Map.of("client.use.lightweight.access.token.enabled", "true")))
                .put("/clients/{id}", app.id())
                .then()
                .statusCode(204);

        Tokens tokens = app.refresh(app.password(lenders.alice(), "openid organization:northbank"));

        assertThat(tokens.accessClaims())
                .containsEntry("tenant_id", "northbank")
                .doesNotContainKey("sub");
        assertThat(app.introspect(tokens.accessToken()).jsonPath().<String, Object>getMap(""))
                .containsEntry("tenant_id", "northbank")
                .containsEntry("tenant_roles", List.of("teller"));
        lenders.northbank().remove(lenders.alice());
        assertThat(app.introspect(tokens.accessToken()).jsonPath().getBoolean("active"))
                .isFalse();
    }

    private static void assertEnded(TestClient app, Tokens tokens) {
        for (String scope : SAME) {
            Tokens refused = refresh(app, tokens, scope);
            assertThat(refused.status()).as("scope '%s'", scope).isEqualTo(400);
            assertThat(Objects.requireNonNull(refused.error())).isIn("invalid_grant", "invalid_scope");
        }
        for (String token : List.of(tokens.accessToken(), tokens.refreshToken())) {
            assertThat(app.introspect(token).jsonPath().<String, Object>getMap(""))
                    .isEqualTo(Map.of("active", false));
        }
        assertThat(app.userinfo(tokens.accessToken()).statusCode()).isIn(400, 401);
    }

    private static Tokens refresh(TestClient app, Tokens tokens, String scope) {
        return scope.isEmpty() ? app.refresh(tokens) : app.refresh(tokens, scope);
    }
}
