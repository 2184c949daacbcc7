package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Token exchange stays in the subject token's tenant, unless the client may switch. */
@WithServer
class ExchangeIT {
    @Test
    void staysInTheTenantWhateverScopeIsAskedFor(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient api = lenders.client("api");
        String subject = northbankToken(lenders, api);

        for (String scope :
                List.of("openid", "openid organization", "openid organization:*", "organization:northbank")) {
            Tokens exchanged = api.exchange(subject, scope);
            assertThat(exchanged.accessClaims())
                    .as("scope '%s'", scope)
                    .containsEntry("tenant_id", "northbank")
                    .containsEntry("tenant_roles", List.of("teller"));
            assertThat(exchanged.accessClaims().toString()).doesNotContain("harbor", "underwriter");
        }
    }

    @Test
    void aClientThatMayNotSwitchLearnsNothingAboutOtherTenants(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        realm.org("summit");
        TestClient api = lenders.client("api");
        String subject = northbankToken(lenders, api);

        for (String other : List.of("harbor", "summit", "nowhere")) {
            Tokens refused = api.exchange(subject, "openid organization:" + other);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.error()).isEqualTo("access_denied");
        }
    }

    @Test
    void aClientThatMaySwitchReachesTheUsersTenantsAlone(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        realm.org("summit");
        TestClient api = lenders.client("api");
        allowSwitch(api);
        String subject = northbankToken(lenders, api);

        Tokens switched = api.exchange(subject, "openid organization:harbor");

        assertThat(switched.accessClaims())
                .containsEntry("tenant_id", "harbor")
                .containsEntry("tenant_roles", List.of("analyst", "underwriter"));
        assertThat(switched.accessClaims().toString()).doesNotContain("northbank", "teller");
        Tokens stranger = api.exchange(subject, "openid organization:summit");
        Tokens nowhere = api.exchange(subject, "openid organization:nowhere");
        assertThat(List.of(stranger, nowhere)).allSatisfy(refused -> {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.error()).isEqualTo("invalid_scope");
        });
        assertThat(stranger.errorDescription()).isEqualTo("Invalid scopes: openid organization:summit");
        assertThat(nowhere.errorDescription()).isEqualTo("Invalid scopes: openid organization:nowhere");
        assertThat(api.exchange(subject, "organization:northbank organization:harbor")
                        .error())
                .isEqualTo("invalid_scope");
    }

    @Test
    void theTargetsWayOfSigningInIsDemanded(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        lenders.harbor().attribute("login.identity-provider", "harbor-idp");
        TestClient api = lenders.client("api");
        allowSwitch(api);

        assertThat(api.exchange(northbankToken(lenders, api), "openid organization:harbor")
                        .error())
                .isEqualTo("interaction_required");
    }

    @Test
    void aTokenForNoTenantGainsNone(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient api = lenders.client("api");
        String subject = api.password(lenders.alice(), "openid").accessToken();

        assertThat(api.exchange(subject, "openid organization:northbank").error())
                .isEqualTo("access_denied");
        lenders.harbor().remove(lenders.alice());
        assertThat(api.exchange(subject, "openid organization").accessClaims())
                .doesNotContainKeys("tenant_id", "organization");
    }

    @Test
    void lostTenantsAndDisabledUsersEndExchange(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient api = lenders.client("api");
        allowSwitch(api);
        String subject = northbankToken(lenders, api);

        lenders.northbank().remove(lenders.alice());
        assertThat(api.exchange(subject, "openid").status()).isEqualTo(400);
        assertThat(api.exchange(subject, "openid organization:harbor").status()).isEqualTo(400);

        String harbor =
                api.password(lenders.alice(), "openid organization:harbor").accessToken();
        lenders.alice().update(Map.of("enabled", false));
        assertThat(api.exchange(harbor, "openid").status()).isEqualTo(400);
    }

    @Test
    void aMapperOfTheClientLetsItSwitchWithinTheTenantsThatItLists(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient api = lenders.client("api");
        api.update(Map.of("attributes", Map.of("standard.token.exchange.enabled", "true")));
        String subject = northbankToken(lenders, api);
        assertThat(api.exchange(subject, "openid organization:harbor").error()).isEqualTo("access_denied");

        api.mapper("tenant-client-rules", Map.of("tenant.switch", "true"));
        assertThat(api.exchange(subject, "openid organization:harbor").accessClaims())
                .containsEntry("tenant_id", "harbor");

        api.mapper("narrower", "tenant-client-rules", Map.of("tenant.allowed", "northbank", "tenant.switch", "true"));
        assertThat(api.exchange(subject, "openid organization:harbor").error()).isEqualTo("invalid_scope");
    }

    /** Such a client is one of stock's: its refresh tokens are as well bound as they were made. */
    @Test
    void aClientWithoutAMapperKeepsTheTenantOfWhatItExchanged(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient api = lenders.client("api");
        TestClient unmapped = realm.confidentialClient("unmapped")
                .update(Map.of(
                        "attributes",
                        Map.of(
                                "standard.token.exchange.enabled", "true",
                                "standard.token.exchange.enableRefreshRequestedTokenType", "SAME_SESSION")));
        unmapped.audience(api);
        api.audience(unmapped);
        Browser browser = new Browser();
        api.login(browser, lenders.alice(), "openid organization:harbor", "harbor");
        Tokens northbank = api.login(browser, lenders.alice(), "openid organization:northbank", "northbank");
        List<Tokens> bound = new ArrayList<>();
        for (String scope : List.of("openid", "openid organization:*", "openid organization:northbank")) {
            Tokens exchanged = unmapped.token(Map.of(
                    "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                    "subject_token", northbank.accessToken(),
                    "subject_token_type", "urn:ietf:params:oauth:token-type:access_token",
                    "requested_token_type", "urn:ietf:params:oauth:token-type:refresh_token",
                    "scope", scope));
            assertThat(exchanged.status()).as(scope).isEqualTo(200);

            assertThat(unmapped.refresh(exchanged, "openid organization:harbor").error())
                    .as(scope)
                    .isEqualTo("invalid_scope");
            Tokens refreshed = unmapped.refresh(exchanged);
            assertThat(refreshed.status()).as(scope).isEqualTo(200);
            assertThat(refreshed.accessClaims().toString()).doesNotContain("harbor");
            bound.add(refreshed);
        }

        realm.admin().post("/tenantry/tenants/northbank/revoke").then().statusCode(200);

        assertThat(bound)
                .allSatisfy(each -> assertThat(unmapped.refresh(each).error()).isEqualTo("invalid_grant"));
    }

    @Test
    void aTokenThatNamesATenantByItsScopeAloneIsForNone(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient api = lenders.client("api");
        TestClient unmapped = realm.confidentialClient("unmapped").audience(api);
        String stock =
                unmapped.password(lenders.alice(), "openid organization:harbor").accessToken();

        Tokens exchanged = api.exchange(stock, "openid");

        assertThat(exchanged.accessClaims()).doesNotContainKey("tenant_id");
        assertThat(api.exchange(stock, "openid organization:harbor").error()).isEqualTo("access_denied");
    }

    private static String northbankToken(Lenders lenders, TestClient client) {
        return client.password(lenders.alice(), "openid organization:northbank").accessToken();
    }

    private static void allowSwitch(TestClient client) {
        client.update(Map.of("attributes", Map.of("standard.token.exchange.enabled", "true", "tenant.switch", "true")));
    }
}
