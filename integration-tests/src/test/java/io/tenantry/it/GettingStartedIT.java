package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.stack.KeycloakServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/getting-started.md, typed as it stands there: each command works, and prints what the page says. */
@WithServer
class GettingStartedIT {
    private static final Path PAGE =
            Path.of("").toAbsolutePath().getParent().resolve("docs").resolve("getting-started.md");
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PRINTED = Pattern.compile("```(?:json)?\n([^`]+)```");

    @Test
    void everyCommandDoesWhatThePageSays(TestServer server) throws Exception {
        for (String tool : List.of("curl", "jq")) {
            Tools.assume(Tools.onPath(tool), "no " + tool + ", so docs/getting-started.md is not tried");
        }
        String page = Files.readString(PAGE);
        String script = String.join("\n", blocks(COMMANDS, page));
        String printed = String.join("", blocks(PRINTED, COMMANDS.matcher(page).replaceAll("")));
        assertThat(printed.lines()).hasSizeGreaterThan(8);

        Process shell = start(server.keycloak(), "set -euo pipefail\n" + script);
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).as(output).isZero();
        assertThat(output).isEqualTo(printed);
    }

    private static Process start(KeycloakServer server, String script) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "KC", server.baseUri().toString(),
                        "KC_BOOTSTRAP_ADMIN_USERNAME", server.admin().username(),
                        "KC_BOOTSTRAP_ADMIN_PASSWORD", server.admin().password()));
        Process shell = builder.start();
        shell.getOutputStream().close();
        return shell;
    }

    private static List<String> blocks(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(block -> block.group(1)).toList();
    }
}
