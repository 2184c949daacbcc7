package io.tenantry.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/** The stack as containers on one network of a Docker engine; H2 only, one node. */
final class ContainerStack implements Stack {
    private static final String ONE_REDIS = "-Dstack=container has one Redis";

    private final RedisServer redis;
    private final KeycloakServer keycloak;
    private final Closing closing;

    private ContainerStack(StackSettings settings, StackHome home, Closing closing) {
        this.closing = closing;
        Network network = closing.add(Network.newNetwork());
        redis = settings.redisUri() == null
                ? closing.add(new ContainerRedis(network, settings.ports().redis()))
                : new ExternalRedis(settings.redisUri());
        Map<String, String> options = new LinkedHashMap<>(settings.buildOptions());
        options.putAll(settings.options(redis.uriForKeycloak()));
        NodeSettings node = new NodeSettings(
                options,
                settings.environment(),
                settings.realms(),
                settings.admin(),
                settings.ports().http(),
                settings.ports().management());
        keycloak = closing.add(new ContainerKeycloak(network, node, settings.providers(home), settings.progress()));
    }

    static Stack of(StackSettings settings) {
        if (settings.database() == Database.POSTGRES) {
            throw new StackException("-Dstack=container has no PostgreSQL yet; leave the property out");
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new StackException(
                    "-Dstack=container needs a Docker engine and none answers; start one, or leave the property out");
        }
        Closing closing = new Closing();
        try {
            return new ContainerStack(settings, StackHome.find(), closing);
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
        throw new StackException("-Dstack=container has no PostgreSQL yet");
    }

    @Override
    public KeycloakServer newNode(Map<String, String> options) {
        throw new StackException("-Dstack=container has one node");
    }

    @Override
    public RedisServer newRedis(List<String> arguments) {
        throw new StackException(ONE_REDIS);
    }

    @Override
    public RedisServer newClusterNode() {
        throw new StackException(ONE_REDIS);
    }

    @Override
    public RedisServer newSentinel(String name, RedisServer master, int quorum) {
        throw new StackException(ONE_REDIS);
    }

    @Override
    public void close() {
        closing.closeAll();
    }
}
