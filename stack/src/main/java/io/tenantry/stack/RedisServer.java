package io.tenantry.stack;

import java.net.URI;

/** A running Redis, or one that was stopped and can be started again on the same port with what it had saved. */
public interface RedisServer extends AutoCloseable {
    /** How a client on this machine reaches it. */
    URI uri();

    /** How Keycloak reaches it; differs from {@link #uri()} only between containers. */
    default URI uriForKeycloak() {
        return uri();
    }

    /** Starts it and returns when it answers. */
    void start();

    /** Lets it end, saving what its settings say. */
    void stop();

    /** SIGKILL. */
    void kill();

    /** SIGSTOP: connections stay, nothing answers. */
    void pause();

    /** SIGCONT after {@link #pause()}. */
    void resume();

    /** Stops and starts. */
    default void restart() {
        stop();
        start();
    }

    @Override
    void close();
}
