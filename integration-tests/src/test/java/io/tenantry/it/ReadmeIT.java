package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.stack.StackHome;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands for a bare server, typed as they stand there. */
@ProcessesOnly
class ReadmeIT {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void installsStartsAndImportsOnABareServer(@TempDir Path directory) throws Exception {
        Path home = directory.resolve("keycloak");
        StackHome.find().distribution().unpackTo(home);
        assertThat(home.resolve("bin/kc.sh").toFile().setExecutable(true)).isTrue();
        Shell shell = new Shell(home, directory.resolve("output.log"));

        String install = block("kc.sh\" build");
        int start = install.indexOf("\"$KC_HOME/bin/kc.sh\" start");
        assertThat(shell.run(install.substring(0, start)))
                .as(() -> shell.output())
                .isZero();
        Process server = shell.start("exec " + install.substring(start));
        try {
            awaitReady(server, shell);
        } finally {
            server.destroy();
            assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }

        assertThat(shell.run(block("kc.sh\" import"))).as(() -> shell.output()).isZero();
        assertThat(shell.output()).contains("Realm 'lending' imported", "Realm 'granite' imported");
    }

    private void awaitReady(Process server, Shell shell) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        URI ready = URI.create("http://localhost:" + shell.managementPort + "/health/ready");
        while (true) {
            assertThat(server.isAlive()).as(() -> shell.output()).isTrue();
            assertThat(System.nanoTime()).as(() -> shell.output()).isLessThan(deadline);
            try {
                HttpRequest request = HttpRequest.newBuilder(ready).build();
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // not listening yet
            }
            Thread.sleep(500);
        }
    }

    private static String block(String holding) throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(result -> result.group(1))
                .filter(block -> block.contains(holding))
                .toList();
        assertThat(blocks).as("blocks with %s", holding).hasSize(1);
        return blocks.get(0);
    }

    /** A shell in the repository, with the settings that a server which is there already would have. */
    private static final class Shell {
        private final Path home;
        private final Path log;
        private final int httpPort;
        private final int managementPort;

        Shell(Path home, Path log) throws IOException {
            this.home = home;
            this.log = log;
            try (ServerSocket one = new ServerSocket(0);
                    ServerSocket other = new ServerSocket(0)) {
                this.httpPort = one.getLocalPort();
                this.managementPort = other.getLocalPort();
            }
        }

        Process start(String script) throws IOException {
            ProcessBuilder builder = new ProcessBuilder("bash", "-ec", script);
            builder.environment()
                    .putAll(Map.of(
                            "KC_HOME", home.toString(),
                            "JAVA_HOME", System.getProperty("java.home"),
                            "KC_DB", "dev-file",
                            "KC_CACHE", "local",
                            "KC_HEALTH_ENABLED", "true",
                            "KC_HTTP_ENABLED", "true",
                            "KC_HOSTNAME_STRICT", "false",
                            "KC_HTTP_PORT", Integer.toString(httpPort),
                            "KC_HTTP_MANAGEMENT_PORT", Integer.toString(managementPort)));
            return builder.directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        }

        int run(String script) throws IOException, InterruptedException {
            Process process = start(script);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        }

        String output() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                return e.toString();
            }
        }
    }
}
