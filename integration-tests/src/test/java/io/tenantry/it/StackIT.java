package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.stack.Database;
import io.tenantry.stack.KeycloakServer;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackException;
import io.tenantry.stack.StackSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What the stack promises to tests that stop, kill and add servers. */
@ProcessesOnly
class StackIT {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aServerThatCannotStartSaysWhyAndWithWhichStatus() {
        StackSettings settings = new StackSettings().option("http-port", "not-a-port");

        assertThatThrownBy(settings::start)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("stopped with status 2")
                .hasMessageContaining("http-port");
    }

    @Test
    void nodesOnOnePostgresSurviveTheKillOfOneAndItComesBack() throws Exception {
        try (Stack stack = new StackSettings()
                        .database(Database.POSTGRES)
                        .clustered()
                        .start();
                TestServer server = new TestServer(stack)) {
            TestRealm realm = server.createRealm();
            KeycloakServer second = stack.newNode();
            second.start();
            assertThat(realmStatus(second, realm)).isEqualTo(200);

            stack.keycloak().kill();
            assertThat(stack.keycloak().running()).isFalse();
            assertThat(realmStatus(second, realm)).isEqualTo(200);

            stack.keycloak().start();
            assertThat(realmStatus(stack.keycloak(), realm)).isEqualTo(200);
        }
    }

    private int realmStatus(KeycloakServer node, TestRealm realm) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.baseUri() + "/realms/" + realm.name()))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
