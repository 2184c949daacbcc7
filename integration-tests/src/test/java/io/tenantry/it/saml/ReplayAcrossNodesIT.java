package io.tenantry.it.saml;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.tenantry.it.ProcessesOnly;
import io.tenantry.it.TestServer;
import io.tenantry.stack.Database;
import io.tenantry.stack.KeycloakServer;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackSettings;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An assertion that one node of a cluster has taken is used up on the others. */
@ProcessesOnly
class ReplayAcrossNodesIT {
    @Test
    void assertionThatOneNodeTookIsRefusedByTheOther() {
        try (Stack stack = new StackSettings()
                        .database(Database.POSTGRES)
                        .clustered()
                        .start();
                TestServer server = new TestServer(stack);
                Brokering realm = Brokering.on(server)) {
            KeycloakServer second = stack.newNode();
            second.start();
            HandIdp idp = realm.northbankIdp();
            realm.rules(idp, Map.of("idp.initiated.allowed", "true"));
            HandBuilt response = realm.unsolicited(idp, Brokering.person());
            HandBuilt fresh = realm.unsolicited(idp, Brokering.person());
            assertThat(realm.present(idp, response).body()).contains("SAMLResponse");
            Written before = Written.in(realm);

            Response replayed = presentTo(second, realm, response);

            assertThat(replayed.statusCode()).as(replayed.asString()).isEqualTo(403);
            assertThat(replayed.asString()).doesNotContain("SAMLResponse");
            assertThat(realm.lastRefusal()).containsEntry("rule", "replay");
            assertThat(Written.in(realm)).isEqualTo(before);

            assertThat(presentTo(second, realm, fresh).statusCode())
                    .as("the second node sends who is new on to the first login")
                    .isEqualTo(302);
            assertThat(realm.present(idp, fresh).status()).isEqualTo(403);
            assertThat(realm.lastRefusal()).containsEntry("rule", "replay");
        }
    }

    /** Through the second node, under the one address that a cluster has. */
    private static Response presentTo(KeycloakServer node, Brokering realm, HandBuilt response) {
        URI address = URI.create(realm.unsolicitedEndpoint(realm.northbankIdp()));
        return given().baseUri(node.baseUri().toString())
                .header("Host", address.getAuthority())
                .contentType(ContentType.URLENC)
                .formParam("SAMLResponse", response.encoded())
                .redirects()
                .follow(false)
                .post(address.getPath());
    }
}
