package io.tenantry.stack.cli;

import io.tenantry.stack.Database;
import io.tenantry.stack.Ports;
import io.tenantry.stack.Progress;
import io.tenantry.stack.StackHome;
import io.tenantry.stack.StackSettings;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that the commands share. */
final class StackOptions {
    @Option(names = "--port", description = "Keycloak's port (default: ${DEFAULT-VALUE}; 0: a free one)")
    private int port = Ports.DEMO.http();

    @Option(
            names = "--management-port",
            description = "Keycloak's port for health and metrics (default: ${DEFAULT-VALUE}; 0: a free one)")
    private int managementPort = Ports.DEMO.management();

    @Option(names = "--redis-port", description = "the Redis's port (default: ${DEFAULT-VALUE}; 0: a free one)")
    private int redisPort = Ports.DEMO.redis();

    @Option(names = "--redis-uri", description = "a Redis that is running already, such as redis://localhost:6379")
    private @Nullable URI redisUri;

    @Option(names = "--database", description = "one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Database database = Database.MEMORY;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = "a further option of Keycloak's start command, without dashes; may be repeated")
    private Map<String, String> options = new LinkedHashMap<>();

    StackSettings settings(Progress progress) {
        StackSettings settings = new StackSettings()
                .progress(progress)
                .ports(new Ports(port, managementPort, redisPort))
                .database(database)
                .realms(StackHome.find().realms());
        options.forEach(settings::option);
        if (redisUri != null) {
            settings.redisUri(redisUri);
        }
        return settings;
    }
}
