package io.tenantry.stack;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to start; every setting has a default that gives an empty Keycloak with the provider jar and a Redis. */
public final class StackSettings {
    private final Map<String, String> buildOptions = new LinkedHashMap<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Path> realms = new ArrayList<>();
    private final List<Path> moreProviders = new ArrayList<>();
    private Way way = Way.configured();
    private Database database = Database.MEMORY;
    private Ports ports = Ports.FREE;
    private Progress progress = Progress.quiet();
    private KeycloakServer.AdminAccount admin = new KeycloakServer.AdminAccount("admin", "admin");
    private boolean clustered;
    private boolean withoutPack;
    private @Nullable URI redisUri;

    /** An option of {@code kc.sh build}, without dashes; each combination is built once and kept. */
    public StackSettings buildOption(String name, String value) {
        buildOptions.put(name, value);
        return this;
    }

    /** An option of {@code kc.sh start}, without dashes; wins over what the stack sets itself. */
    public StackSettings option(String name, String value) {
        options.put(name, value);
        return this;
    }

    /** A variable in Keycloak's environment, for the placeholders of realm files among others. */
    public StackSettings environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Realm files to import at start. */
    public StackSettings realms(List<Path> files) {
        realms.addAll(files);
        return this;
    }

    /** A jar beside the provider jar. */
    public StackSettings provider(Path jar) {
        moreProviders.add(jar);
        return this;
    }

    /** A Keycloak as it is published, without the provider jar and its options; it needs no Redis. */
    public StackSettings withoutPack() {
        withoutPack = true;
        return this;
    }

    /** Processes or containers; the default is what {@link Way#configured()} says. */
    public StackSettings way(Way newWay) {
        way = newWay;
        return this;
    }

    /** {@link Database#MEMORY} by default. */
    public StackSettings database(Database newDatabase) {
        database = newDatabase;
        return this;
    }

    /** Free ones by default. */
    public StackSettings ports(Ports newPorts) {
        ports = newPorts;
        return this;
    }

    /** Quiet by default. */
    public StackSettings progress(Progress newProgress) {
        progress = newProgress;
        return this;
    }

    /** The bootstrap administrator, {@code admin} with the password {@code admin} by default. */
    public StackSettings admin(String username, String password) {
        admin = new KeycloakServer.AdminAccount(username, password);
        return this;
    }

    /** Nodes that see one another's caches; needs {@link Database#POSTGRES}, through which they find each other. */
    public StackSettings clustered() {
        clustered = true;
        return this;
    }

    /** A Redis that is there already, instead of one of the stack's own. */
    public StackSettings redisUri(URI uri) {
        redisUri = uri;
        return this;
    }

    /** Starts it all, and stops again what was started when a part fails. */
    public Stack start() {
        Stack stack = build();
        Deadline took = Deadline.in(Duration.ofHours(1));
        try {
            stack.start();
        } catch (RuntimeException e) {
            try {
                stack.close();
            } catch (RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
        progress.finished("The stack is up", took.elapsed());
        return stack;
    }

    /** Everything prepared and nothing started but the database: {@link Stack#start()} it. */
    public Stack build() {
        if (clustered && database != Database.POSTGRES) {
            throw new StackException("clustered nodes need Database.POSTGRES");
        }
        return switch (way) {
            case PROCESS -> ProcessStack.of(this);
            case CONTAINER -> ContainerStack.of(this);
        };
    }

    Map<String, String> buildOptions() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("health-enabled", "true");
        all.put("metrics-enabled", "true");
        all.putAll(database.buildOptions());
        all.putAll(buildOptions);
        return all;
    }

    /** Those of every node, with the listener, where there is one, told where Redis is. */
    Map<String, String> options(URI redis) {
        Map<String, String> all = new LinkedHashMap<>();
        if (!withoutPack) {
            all.put("spi-events-listener--redis-revocations--uri", redis.toString());
        }
        all.putAll(options);
        return all;
    }

    Map<String, String> environment() {
        return environment;
    }

    List<Path> realms() {
        return realms;
    }

    List<Path> providers(StackHome home) {
        List<Path> all = new ArrayList<>();
        if (!withoutPack) {
            all.add(home.providerJar());
        }
        all.addAll(moreProviders);
        return all;
    }

    Database database() {
        return database;
    }

    Ports ports() {
        return ports;
    }

    Progress progress() {
        return progress;
    }

    KeycloakServer.AdminAccount admin() {
        return admin;
    }

    boolean isClustered() {
        return clustered;
    }

    @Nullable URI redisUri() {
        return redisUri;
    }
}
