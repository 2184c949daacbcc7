package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.stack.browser.Browser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One user, several tabs and browsers, a tenant each. */
@WithServer
class TabsIT {
    private static final int REFRESHES = 10;

    @Test
    void tabsAndBrowsersKeepTheirTenantsThroughInterleavedRefreshes(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Browser first = new Browser();
        Tokens northbankTab = app.login(first, lenders.alice(), "openid organization:northbank", "northbank");
        Tokens harborTab = app.login(first, lenders.alice(), "openid organization:harbor", "harbor");
        Tokens harborBrowser = app.login(lenders.alice(), "openid organization", "harbor");
        Tokens northbankBrowser = app.login(lenders.alice(), "openid organization", "northbank");

        keep(app, List.of(northbankTab, harborTab, harborBrowser, northbankBrowser));
    }

    @Test
    void tabsThatChoseOnTheSelectionPageKeepTheirTenants(TestRealm realm) {
        TenantFlow.install(realm);
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Browser browser = new Browser();
        Tokens northbankTab = app.login(browser, lenders.alice(), "openid organization", "northbank");
        Tokens harborTab = app.login(browser, lenders.alice(), "openid organization", "harbor");

        keep(app, List.of(northbankTab, harborTab));
    }

    @Test
    void aCodeRedeemedAfterAnotherTabChoseIsStillForItsOwnTenant(TestRealm realm) {
        TenantFlow.install(realm);
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Browser browser = new Browser();

        LoginAttempt northbankTab =
                app.open(browser, "openid organization").complete(lenders.alice(), TestUser.PASSWORD, "northbank");
        LoginAttempt harborTab =
                app.open(browser, "openid organization").complete(lenders.alice(), TestUser.PASSWORD, "harbor");

        assertThat(harborTab.tokens().accessClaims()).containsEntry("tenant_id", "harbor");
        assertThat(northbankTab.tokens().accessClaims()).containsEntry("tenant_id", "northbank");
    }

    @Test
    void signingInAgainAsksForTheTenantAgain(TestRealm realm) {
        TenantFlow.install(realm);
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Browser browser = new Browser();
        app.login(browser, lenders.alice(), "openid organization", "northbank");

        Tokens again = app.open(browser, "openid organization", Map.of("prompt", "login"))
                .complete(lenders.alice(), TestUser.PASSWORD, "harbor")
                .tokens();

        assertThat(again.accessClaims()).containsEntry("tenant_id", "harbor");
    }

    private static void keep(TestClient app, List<Tokens> start) {
        List<Object> tenants = start.stream()
                .map(tokens -> tokens.accessClaims().get("tenant_id"))
                .toList();
        assertThat(tenants).doesNotContainNull().contains("northbank", "harbor");
        List<Tokens> current = new ArrayList<>(start);
        for (int round = 0; round < REFRESHES; round++) {
            for (int tab = 0; tab < current.size(); tab++) {
                Tokens refreshed = app.refresh(current.get(tab));
                current.set(tab, refreshed);
                String other = "northbank".equals(tenants.get(tab)) ? "harbor" : "northbank";
                for (Map<String, Object> document : List.of(
                        refreshed.accessClaims(),
                        refreshed.idClaims(),
                        app.userinfo(refreshed.accessToken()).jsonPath().<String, Object>getMap(""),
                        app.introspect(refreshed.accessToken()).jsonPath().<String, Object>getMap(""))) {
                    assertThat(document).containsEntry("tenant_id", tenants.get(tab));
                    assertThat(document.toString()).doesNotContain(other);
                }
            }
        }
    }
}
