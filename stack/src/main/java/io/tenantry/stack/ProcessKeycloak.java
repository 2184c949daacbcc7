package io.tenantry.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keycloak as a process of its own, from a prepared server. */
final class ProcessKeycloak implements KeycloakServer {
    private static final Duration START_PATIENCE = Duration.ofMinutes(4);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 200;

    private final Path home;
    private final Path log;
    private final NodeSettings settings;
    private final Progress progress;
    private @Nullable Process process;

    ProcessKeycloak(StackHome stack, PreparedServer prepared, NodeSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        try {
            this.home = Files.createTempDirectory(stack.run(), "keycloak-");
            this.log = stack.run().resolve(home.getFileName() + ".log");
            prepared.newHome(home);
            importRealms();
        } catch (IOException e) {
            throw new StackException("cannot make a home for a server in " + stack.run(), e);
        }
    }

    @Override
    public URI baseUri() {
        return URI.create("http://localhost:" + settings.httpPort());
    }

    @Override
    public URI managementUri() {
        return URI.create("http://localhost:" + settings.managementPort());
    }

    @Override
    public AdminAccount admin() {
        return settings.admin();
    }

    @Override
    public void start() {
        if (running()) {
            return;
        }
        progress.started("Starting Keycloak on " + baseUri());
        Deadline deadline = Deadline.in(START_PATIENCE);
        Process started;
        try {
            started = new ServerScript(home).start(CommandLine.options("start", options()), environment(), log);
        } catch (IOException e) {
            throw new StackException("cannot start kc.sh", e);
        }
        process = started;
        try {
            awaitReady(started, deadline);
        } catch (StackException e) {
            Processes.kill(started);
            throw e;
        }
        progress.finished("Keycloak is ready", deadline.elapsed());
    }

    @Override
    public void stop() {
        if (process != null) {
            Processes.stop(process, STOP_PATIENCE);
        }
    }

    @Override
    public void kill() {
        if (process != null) {
            Processes.kill(process);
        }
    }

    @Override
    public boolean running() {
        return process != null && process.isAlive();
    }

    @Override
    public void export(Path folder) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("optimized", "");
        options.put("dir", folder.toString());
        options.put("users", "realm_file");
        settings.options().forEach((name, value) -> {
            if (name.startsWith("db")) {
                options.put(name, value);
            }
        });
        if (options.size() == 3) {
            throw new StackException("only a database server can be exported: ask for Database.POSTGRES");
        }
        Path exportLog = log.resolveSibling(home.getFileName() + ".export.log");
        try {
            int status = new ServerScript(home)
                    .run(
                            CommandLine.options("export", options),
                            Map.of(),
                            exportLog,
                            new Heartbeat(progress, "  still exporting"));
            if (status != 0) {
                throw new StackException("kc.sh export ended with status " + status + ":\n" + LogFile.tail(exportLog));
            }
        } catch (IOException e) {
            throw new StackException("cannot start kc.sh", e);
        }
    }

    @Override
    public String log() {
        return LogFile.read(log);
    }

    /** The log stays where it is, for whoever looks for the reason of a failure. */
    @Override
    public void close() {
        stop();
        try {
            FileTree.delete(home);
        } catch (IOException e) {
            throw new StackException("cannot delete " + home, e);
        }
    }

    private void awaitReady(Process started, Deadline deadline) {
        HealthCheck health = new HealthCheck(managementUri());
        Heartbeat heartbeat = new Heartbeat(progress, "  still starting");
        while (!health.ready()) {
            if (!started.isAlive()) {
                throw new StackException("Keycloak stopped with status " + started.exitValue()
                        + " while starting; the end of its log:\n" + LogFile.tail(log));
            }
            deadline.check("Keycloak (log: " + log + ") was not ready");
            heartbeat.beat();
            Deadline.pause(POLL_MILLIS);
        }
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("optimized", "");
        options.put("http-enabled", "true");
        options.put("http-host", "127.0.0.1");
        options.put("http-port", Integer.toString(settings.httpPort()));
        options.put("http-management-host", "127.0.0.1");
        options.put("http-management-port", Integer.toString(settings.managementPort()));
        options.put("hostname-strict", "false");
        options.put("cache", "local");
        if (!settings.realms().isEmpty()) {
            options.put("import-realm", "");
        }
        options.putAll(settings.options());
        return options;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = settings.environmentAt(baseUri(), baseUri());
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", settings.admin().username());
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", settings.admin().password());
        return environment;
    }

    private void importRealms() throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(settings.environment());
        Path target = Files.createDirectories(home.resolve("data").resolve("import"));
        for (Path realm : settings.realms()) {
            String name = realm.getFileName().toString();
            String text = Files.readString(realm, StandardCharsets.UTF_8);
            EnvPlaceholders.check(name, text, environment);
            Files.writeString(target.resolve(name), text, StandardCharsets.UTF_8);
        }
    }
}
