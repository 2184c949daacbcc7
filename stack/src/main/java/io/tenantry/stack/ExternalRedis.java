package io.tenantry.stack;

import java.net.URI;

/** A Redis that somebody else runs: used, never started or stopped. */
record ExternalRedis(URI uri) implements RedisServer {
    @Override
    public void start() {}

    @Override
    public void stop() {
        throw notOurs();
    }

    @Override
    public void kill() {
        throw notOurs();
    }

    @Override
    public void pause() {
        throw notOurs();
    }

    @Override
    public void resume() {
        throw notOurs();
    }

    @Override
    public void close() {}

    private static StackException notOurs() {
        return new StackException("the Redis was given by its URI: the stack does not stop what it did not start");
    }
}
