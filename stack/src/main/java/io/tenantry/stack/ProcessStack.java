package io.tenantry.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stack as processes. */
final class ProcessStack implements Stack {
    private static final int FIRST_CLUSTER_PORT = 7800;
    private static final int LAST_CLUSTER_PORT = 9799;
    private static final int FIRST_BUS_OWNER = 17_800;
    private static final int LAST_BUS_OWNER = 19_799;

    private final StackSettings settings;
    private final StackHome home;
    private final PreparedServer prepared;
    private final RedisServer redis;
    private final @Nullable PostgresServer postgres;
    private final KeycloakServer keycloak;
    private final Closing closing;

    private ProcessStack(StackSettings settings, StackHome home, Closing closing) {
        this.settings = settings;
        this.home = home;
        this.closing = closing;
        prepared = PreparedServer.of(
                home, home.distribution(), settings.providers(home), settings.buildOptions(), settings.progress());
        postgres = settings.database() == Database.POSTGRES ? closing.add(startPostgres()) : null;
        redis = settings.redisUri() == null
                ? closing.add(new ProcessRedis(home, settings.ports().redis(), List.of()))
                : new ExternalRedis(settings.redisUri());
        keycloak = node(settings.ports().http(), settings.ports().management(), Map.of());
    }

    static Stack of(StackSettings settings) {
        Ports ports = settings.ports();
        Ports.requireFree(ports.http(), "--port");
        Ports.requireFree(ports.management(), "--management-port");
        if (settings.redisUri() == null) {
            Ports.requireFree(ports.redis(), "--redis-port or --redis-uri");
        }
        Closing closing = new Closing();
        try {
            return new ProcessStack(settings, StackHome.find(), closing);
        } catch (RuntimeException e) {
            closing.closeAll();
            throw e;
        }
    }

    @Override
    public KeycloakServer keycloak() {
        return keycloak;
    }

    @Override
    public RedisServer redis() {
        return redis;
    }

    @Override
    public PostgresServer postgres() {
        if (postgres == null) {
            throw new StackException("this stack has no PostgreSQL; ask for Database.POSTGRES");
        }
        return postgres;
    }

    @Override
    public KeycloakServer newNode(Map<String, String> own) {
        if (postgres == null) {
            throw new StackException("a further node needs Database.POSTGRES");
        }
        return node(0, 0, own);
    }

    @Override
    public RedisServer newRedis(List<String> arguments) {
        return closing.add(new ProcessRedis(home, 0, arguments));
    }

    @Override
    public RedisServer newClusterNode() {
        // Its bus listens on this port plus 10,000
        return closing.add(new ProcessRedis(
                home,
                Ports.freeBetween(FIRST_BUS_OWNER, LAST_BUS_OWNER),
                List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "1500")));
    }

    @Override
    public RedisServer newSentinel(String name, RedisServer master, int quorum) {
        return closing.add(ProcessRedis.sentinel(home, name, master, quorum));
    }

    @Override
    public void close() {
        closing.closeAll();
    }

    private KeycloakServer node(int httpPort, int managementPort, Map<String, String> own) {
        Map<String, String> options = options();
        options.putAll(own);
        NodeSettings node = new NodeSettings(
                options,
                settings.environment(),
                settings.realms(),
                settings.admin(),
                Ports.orFree(httpPort),
                Ports.orFree(managementPort));
        return closing.add(new ProcessKeycloak(home, prepared, node, settings.progress()));
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        if (postgres != null) {
            options.putAll(postgres.serverOptions());
        }
        if (settings.isClustered()) {
            options.put("cache", "ispn");
            options.put("cache-embedded-network-bind-address", "127.0.0.1");
            // From a range of its own: JGroups derives its failure detector's port from this one by adding 50,000
            options.put(
                    "cache-embedded-network-bind-port",
                    Integer.toString(Ports.freeBetween(FIRST_CLUSTER_PORT, LAST_CLUSTER_PORT)));
        }
        options.putAll(settings.options(redis.uriForKeycloak()));
        return options;
    }

    private PostgresServer startPostgres() {
        settings.progress().started("Starting PostgreSQL");
        return PostgresServer.start(home);
    }
}
