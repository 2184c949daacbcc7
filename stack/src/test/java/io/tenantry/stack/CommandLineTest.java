package io.tenantry.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    @Test
    void optionsFollowTheCommandInTheirOrder() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("optimized", "");
        options.put("http-port", "8180");
        options.put("db-url", "jdbc:postgresql://127.0.0.1/x?a=b");

        assertThat(CommandLine.options("start", options))
                .containsExactly(
                        "start", "--optimized", "--http-port=8180", "--db-url=jdbc:postgresql://127.0.0.1/x?a=b");
    }

    @Test
    void theListenerIsToldWhereRedisIsUnlessTheCallerSaysOtherwise() {
        URI redis = URI.create("redis://127.0.0.1:6390");
        String option = "spi-events-listener--redis-revocations--uri";

        assertThat(new StackSettings().options(redis)).containsEntry(option, "redis://127.0.0.1:6390");
        assertThat(new StackSettings().option(option, "nonsense").options(redis))
                .containsEntry(option, "nonsense");
    }

    @Test
    void theBuildOptionsCarryHealthTheDatabaseAndWhatTheCallerAdds() {
        assertThat(new StackSettings()
                        .database(Database.POSTGRES)
                        .buildOption("features", "workflows")
                        .buildOptions())
                .containsOnly(
                        Map.entry("health-enabled", "true"),
                        Map.entry("metrics-enabled", "true"),
                        Map.entry("db", "postgres"),
                        Map.entry("features", "workflows"));
    }
}
