package io.tenantry.stack;

import dasniko.testcontainers.keycloak.ExtendableKeycloakContainer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.MountableFile;

/** Keycloak as a container of the stock image, or of {@value #IMAGE_PROPERTY}. */
final class ContainerKeycloak implements KeycloakServer {
    /** The system property that names another image, such as one built locally. */
    static final String IMAGE_PROPERTY = "stack.keycloak.image";

    private static final int HTTP = 8080;
    private static final int MANAGEMENT = 9000;
    private static final Duration START_PATIENCE = Duration.ofMinutes(5);

    private final NodeSettings settings;
    private final int httpPort;
    private final int managementPort;
    private final Progress progress;
    private final StockContainer stock;
    private final ManagedContainer container;

    ContainerKeycloak(Network network, NodeSettings settings, List<Path> providers, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        httpPort = Ports.orFree(settings.httpPort());
        managementPort = Ports.orFree(settings.managementPort());
        stock = new StockContainer(image());
        stock.withNetwork(network)
                .withAdminUsername(settings.admin().username())
                .withAdminPassword(settings.admin().password())
                .withEnv(settings.environmentAt(baseUri(), URI.create("http://localhost:" + HTTP)))
                .withProviderLibsFrom(providers.stream().map(Path::toFile).toList())
                .withProductionMode()
                .withStartupTimeout(START_PATIENCE);
        arguments().forEach(stock::withCustomCommand);
        for (Path realm : settings.realms()) {
            stock.withCopyFileToContainer(
                    MountableFile.forHostPath(realm), "/opt/keycloak/data/import/" + realm.getFileName());
        }
        ContainerPorts.publish(
                stock, ContainerPorts.binding(httpPort, HTTP), ContainerPorts.binding(managementPort, MANAGEMENT));
        container = new ManagedContainer(stock, this::awaitReady);
    }

    @Override
    public URI baseUri() {
        return URI.create("http://localhost:" + httpPort);
    }

    @Override
    public URI managementUri() {
        return URI.create("http://localhost:" + managementPort);
    }

    @Override
    public AdminAccount admin() {
        return settings.admin();
    }

    @Override
    public void start() {
        progress.started("Starting Keycloak in a container on " + baseUri());
        Deadline took = Deadline.in(START_PATIENCE);
        try {
            container.start();
            awaitReady();
        } catch (ContainerLaunchException e) {
            throw new StackException("Keycloak did not start in its container; its log:\n" + log(), e);
        }
        progress.finished("Keycloak is ready", took.elapsed());
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public void kill() {
        container.kill();
    }

    @Override
    public boolean running() {
        return stock.isRunning();
    }

    @Override
    public void export(Path folder) {
        throw new StackException("a container is not exported here: run the stack as processes");
    }

    @Override
    public String log() {
        return stock.getContainerId() == null ? "" : stock.getLogs();
    }

    @Override
    public void close() {
        container.close();
    }

    private void awaitReady() {
        HealthCheck health = new HealthCheck(managementUri());
        Deadline deadline = Deadline.in(START_PATIENCE);
        while (!health.ready()) {
            deadline.check("Keycloak was not ready");
            Deadline.pause(300);
        }
    }

    private List<String> arguments() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("http-enabled", "true");
        options.put("hostname-strict", "false");
        options.put("cache", "local");
        if (!settings.realms().isEmpty()) {
            options.put("import-realm", "");
        }
        options.putAll(settings.options());
        List<String> arguments = CommandLine.options("start", options);
        return arguments.subList(1, arguments.size());
    }

    private static String image() {
        return System.getProperty(IMAGE_PROPERTY, "quay.io/keycloak/keycloak:" + StackHome.version("keycloak.version"));
    }

    private static final class StockContainer extends ExtendableKeycloakContainer<StockContainer> {
        StockContainer(String image) {
            super(image);
        }
    }
}
