package io.tenantry.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.tenantry.stack.Database;
import io.tenantry.stack.KeycloakServer;
import io.tenantry.stack.Progress;
import io.tenantry.stack.Stack;
import io.tenantry.stack.StackSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code deploy/nginx/keycloak.conf}, but for its addresses, in a real NGINX before two real nodes. Where there is no
 * {@code nginx} on the path, nor named by {@code -Dtenantry.nginx=}, the test is skipped and says so.
 */
@ProcessesOnly
class NginxIT {
    /** NGINX speaks to the nodes from here, so that they can tell it from everybody else, as in a network of its own. */
    private static final String PROXY = "127.0.0.2";

    @Test
    void twoNodesBehindItAreOneServerThatBelievesNoForeignHeader(@TempDir Path folder) throws Exception {
        Optional<Path> program = program();
        Tools.assume(program.isPresent(), "no nginx on the path, and none named by -Dtenantry.nginx=");
        int port = freePort();
        URI address = URI.create("http://localhost:" + port);
        try (Stack stack = new StackSettings()
                        .database(Database.POSTGRES)
                        .clustered()
                        .option("proxy-headers", "xforwarded")
                        .option("proxy-trusted-addresses", PROXY)
                        .option("hostname", address.toString())
                        .option("hostname-backchannel-dynamic", "true")
                        .progress(Progress.to(System.out, Clock.systemUTC()))
                        .start();
                TestServer server = new TestServer(stack)) {
            KeycloakServer second = stack.newNode();
            second.start();
            Process nginx = start(program.get(), folder, port, stack.keycloak(), second);
            try {
                await(address, nginx, folder);
                TestRealm realm = server.createRealm(Map.of("eventsEnabled", true));
                manySignInsGoToBothNodes(realm, address);
                onlyWhatPeopleNeedIsThere(realm, address);
                noHeaderOfAClientIsBelieved(realm, address, stack.keycloak().baseUri());
                stack.keycloak().kill();
                for (int i = 0; i < 4; i++) {
                    assertThat(given().get(address + "/realms/" + realm.name()).statusCode())
                            .isEqualTo(200);
                }
                stack.keycloak().start();
            } finally {
                nginx.destroy();
                nginx.waitFor(30, TimeUnit.SECONDS);
            }
        }
    }

    /** A session that one node began is used, refreshed and ended at whichever comes next. */
    private static void manySignInsGoToBothNodes(TestRealm realm, URI address) {
        TestUser alice = realm.user("alice");
        realm.publicClient("app");
        for (int i = 0; i < 3; i++) {
            Response signedIn = token(
                    realm,
                    address,
                    Map.of("grant_type", "password", "username", "alice", "password", TestUser.PASSWORD));
            assertThat(signedIn.statusCode()).as(signedIn.asString()).isEqualTo(200);
            for (int j = 0; j < 3; j++) {
                Response refreshed = token(
                        realm,
                        address,
                        Map.of("grant_type", "refresh_token", "refresh_token", signedIn.path("refresh_token")));
                assertThat(refreshed.statusCode()).as(refreshed.asString()).isEqualTo(200);
            }
            assertThat(given().auth()
                            .oauth2(signedIn.path("access_token"))
                            .get(address + "/realms/" + realm.name() + "/protocol/openid-connect/userinfo")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(alice.id()).isNotBlank();
    }

    private static void onlyWhatPeopleNeedIsThere(TestRealm realm, URI address) {
        String issuer = given().get(address + "/realms/" + realm.name() + "/.well-known/openid-configuration")
                .path("issuer");
        assertThat(issuer).isEqualTo(address + "/realms/" + realm.name());
        for (String path : List.of(
                "/admin/",
                "/admin/realms/" + realm.name(),
                "/admin/realms/" + realm.name() + "/tenantry/doctor",
                "/realms/../admin/",
                "/realms/%2e%2e/admin/",
                "/metrics",
                "/health",
                "/")) {
            assertThat(given().urlEncodingEnabled(false).get(address + path).statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    private static void noHeaderOfAClientIsBelieved(TestRealm realm, URI address, URI node) {
        String spoofed = "203.0.113.9";
        for (URI way : List.of(address, node)) {
            given().header("X-Forwarded-For", spoofed)
                    .header("X-Forwarded-Host", "evil.example")
                    .header("Forwarded", "for=" + spoofed)
                    .formParams(
                            Map.of("client_id", "app", "grant_type", "password", "username", "nobody", "password", "x"))
                    .post(way + "/realms/" + realm.name() + "/protocol/openid-connect/token")
                    .then()
                    .statusCode(400);
        }
        List<String> addresses = realm.admin()
                .get("/events?type=LOGIN_ERROR")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("ipAddress");
        assertThat(addresses)
                .hasSize(2)
                .doesNotContain(spoofed)
                .allMatch(ip -> ip.equals("127.0.0.1") || ip.equals("0:0:0:0:0:0:0:1"));
    }

    private static Response token(TestRealm realm, URI address, Map<String, ?> form) {
        return given().formParam("client_id", "app")
                .formParam("scope", "openid")
                .formParams(form)
                .post(address + "/realms/" + realm.name() + "/protocol/openid-connect/token");
    }

    private static Process start(Path program, Path folder, int port, KeycloakServer first, KeycloakServer second)
            throws IOException {
        String shipped = Files.readString(RepositoryCommand.ROOT.resolve("deploy/nginx/keycloak.conf"));
        String here = shipped.replace(
                        "server keycloak:8080 ",
                        "server 127.0.0.1:" + first.baseUri().getPort())
                .replace(
                        "server keycloak-2:8080",
                        "server 127.0.0.1:" + second.baseUri().getPort())
                .replace("listen 8000;", "listen 127.0.0.1:" + port + "; listen [::1]:" + port + ";")
                .replace("proxy_http_version", "proxy_bind " + PROXY + ";\n    proxy_http_version");
        Files.writeString(folder.resolve("keycloak.conf"), here);
        Path main = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    include %1$s/keycloak.conf;
                }
                """.formatted(folder));
        return new ProcessBuilder(program.toString(), "-p", folder.toString(), "-c", main.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
    }

    private static void await(URI address, Process nginx, Path folder) throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(nginx.isAlive())
                    .as(() -> read(folder.resolve("output.log")))
                    .isTrue();
            try {
                if (given().get(address + "/realms/master").statusCode() == 200) {
                    return;
                }
            } catch (Exception notYet) {
                // not listening yet
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException("NGINX does not answer: " + read(folder.resolve("error.log")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Optional<Path> program() {
        String named = System.getProperty("tenantry.nginx");
        Stream<Path> candidates = named != null
                ? Stream.of(Path.of(named))
                : Stream.concat(
                                Stream.of(System.getenv("PATH").split(":", -1)),
                                Stream.of("/usr/sbin", "/usr/local/sbin"))
                        .map(folder -> Path.of(folder, "nginx"));
        return candidates.filter(Files::isExecutable).findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
