package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.stack.browser.Browser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The realms of {@code deploy/}, on a server: nothing is wrong with them, and people sign in for their lender alone. */
@WithServer
class DeployRealmsIT {
    private static final String CLIENT = "lending-spa";
    private static final String SCOPE = "openid organization:northbank";

    @ParameterizedTest
    @EnumSource
    void theDoctorFindsNothing(DeployRealm example, TestServer server) {
        try (TestRealm realm = create(example, server)) {
            assertThat(realm.admin()
                            .get("/tenantry/doctor")
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath()
                            .getList("findings"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void peopleSignInForTheirLenderAlone(DeployRealm example, TestServer server) {
        try (TestRealm realm = create(example, server)) {
            TestClient workplace = workplace(realm);
            TestUser noah = person(realm, "noah@mail.example");
            TestUser nils = person(realm, "nils@mail.example");
            organization(realm).add(noah);

            assertThat(workplace.login(noah, SCOPE).accessClaims()).containsEntry("tenant_id", "northbank");
            LoginAttempt refused = workplace.open(new Browser(), SCOPE).credentials(nils, TestUser.PASSWORD);
            assertThat(refused.page().status()).isEqualTo(403);
            assertThat(refused.page().text()).contains("You cannot sign in for that lender here");
        }
    }

    private static TestRealm create(DeployRealm example, TestServer server) {
        Map<String, Object> realm = new HashMap<>(example.read());
        assertThat(realm.remove("realm")).isEqualTo("lending");
        return server.createRealm(realm);
    }

    /** The application of the realm, called back where the tests' clients are. */
    private static TestClient workplace(TestRealm realm) {
        String id = realm.admin().get("/clients?clientId=" + CLIENT).jsonPath().getString("[0].id");
        return new TestClient(realm, id, CLIENT, "").update(Map.of("redirectUris", List.of(TestClient.REDIRECT_URI)));
    }

    /** In these realms the user name is the email. */
    private static TestUser person(TestRealm realm, String email) {
        return realm.user(email, Map.of("email", email));
    }

    private static TestOrg organization(TestRealm realm) {
        String id =
                realm.admin().get("/organizations?search=Northbank").jsonPath().getString("[0].id");
        return new TestOrg(realm, id, "northbank");
    }
}
