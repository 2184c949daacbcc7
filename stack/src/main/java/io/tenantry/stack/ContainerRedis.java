package io.tenantry.stack;

import java.net.URI;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** Redis as a container. */
final class ContainerRedis implements RedisServer {
    private static final String ALIAS = "redis";
    private static final int PORT = 6379;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port;
    private final ManagedContainer container;

    @SuppressWarnings("resource") // closed through the managed container
    ContainerRedis(Network network, int port) {
        this.port = Ports.orFree(port);
        GenericContainer<?> redis = new GenericContainer<>(DockerImageName.parse(StackHome.version("redis.image")))
                .withNetwork(network)
                .withNetworkAliases(ALIAS)
                .withExposedPorts(PORT)
                .withCommand("redis-server", "--appendonly", "yes", "--save", "")
                .waitingFor(Wait.forListeningPort());
        ContainerPorts.publish(redis, ContainerPorts.binding(this.port, PORT));
        container = new ManagedContainer(redis, this::awaitAnswer);
    }

    @Override
    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    @Override
    public URI uriForKeycloak() {
        return URI.create("redis://" + ALIAS + ':' + PORT);
    }

    @Override
    public void start() {
        container.start();
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
    public void pause() {
        container.pause();
    }

    @Override
    public void resume() {
        container.resume();
    }

    @Override
    public void close() {
        container.close();
    }

    private void awaitAnswer() {
        Deadline deadline = Deadline.in(PATIENCE);
        while (!RedisPing.answers(port)) {
            deadline.check("Redis did not answer on port " + port);
            Deadline.pause(100);
        }
    }
}
