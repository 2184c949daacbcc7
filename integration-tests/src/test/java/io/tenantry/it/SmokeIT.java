package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.stack.browser.Browser;
import org.junit.jupiter.api.Test;

/** The ground that the other tests stand on: the server, a realm, a sign-in. */
@WithServer
class SmokeIT {
    @Test
    void serverKnowsTheStockProvidersAndRedisAnswers(TestServer server) {
        assertThat(server.providers("protocol-mapper")).contains("oidc-organization-membership-mapper");
        assertThat(server.redis().ping()).isEqualTo("PONG");
    }

    @Test
    void memberOfTwoOrganizationsSignsInForOneAndStaysInItThroughARefresh(TestRealm realm) {
        TestUser alice = realm.user("alice");
        realm.org("northbank").add(alice);
        TestOrg harbor = realm.org("harbor").add(alice);
        harbor.group("officers").realmRole("loan-officer").add(alice);
        TestClient app = realm.publicClient("app");

        Tokens tokens = app.login(alice, "openid organization", "harbor");

        assertThat(tokens.accessClaims()).containsEntry("sub", alice.id()).containsEntry("iss", realm.issuer());
        assertThat(tokens.accessClaims().get("organization")).asString().contains("harbor");
        assertThat(app.refresh(tokens).accessClaims().get("organization"))
                .asString()
                .contains("harbor");
    }

    @Test
    void secondTabOfABrowserNeedsNoPassword(TestRealm realm) {
        TestUser alice = realm.user("alice");
        TestClient app = realm.publicClient("app");
        Browser browser = new Browser();
        app.open(browser, "openid").credentials(alice, TestUser.PASSWORD).tokens();

        assertThat(app.open(browser, "openid").atApplication()).isTrue();
    }

    @Test
    void userinfoRefusesATokenWhoseSessionHasEnded(TestRealm realm) {
        TestUser alice = realm.user("alice");
        TestClient app = realm.publicClient("app");
        Tokens tokens = app.password(alice, "openid");
        assertThat(app.userinfo(tokens.accessToken()).statusCode()).isEqualTo(200);

        app.logout(tokens);

        assertThat(app.userinfo(tokens.accessToken()).statusCode()).isEqualTo(401);
    }

    @Test
    void serviceAccountActsForAnOrganizationThatItIsAMemberOf(TestRealm realm) {
        TestClient batch = realm.confidentialClient("batch");
        TestOrg northbank = realm.org("northbank").addMember(batch.serviceAccountId());

        assertThat(batch.clientCredentials("organization:" + northbank.alias())
                        .accessClaims()
                        .get("organization"))
                .asString()
                .contains("northbank");
    }
}
