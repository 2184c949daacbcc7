package io.tenantry.stack;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.containers.GenericContainer;

/** A container through a stop and a start again: the same one, so with its data and its published ports. */
final class ManagedContainer implements AutoCloseable {
    private static final int STOP_SECONDS = 30;

    private final GenericContainer<?> container;
    private final Runnable awaitReady;

    /** With what to wait for after a start again; the first one waits as the container itself says. */
    ManagedContainer(GenericContainer<?> container, Runnable awaitReady) {
        this.container = container;
        this.awaitReady = awaitReady;
    }

    void start() {
        if (container.getContainerId() == null) {
            container.start();
        } else if (!container.isRunning()) {
            docker().startContainerCmd(container.getContainerId()).exec();
            awaitReady.run();
        }
    }

    void stop() {
        if (container.isRunning()) {
            docker().stopContainerCmd(container.getContainerId())
                    .withTimeout(STOP_SECONDS)
                    .exec();
        }
    }

    void kill() {
        if (container.isRunning()) {
            docker().killContainerCmd(container.getContainerId()).exec();
        }
    }

    void pause() {
        docker().pauseContainerCmd(container.getContainerId()).exec();
    }

    void resume() {
        docker().unpauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void close() {
        container.stop();
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }
}
