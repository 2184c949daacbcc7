package io.tenantry.stack;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** The redis-server binary of embedded-redis, as a process that can be killed and paused; append-only file on. */
final class ProcessRedis implements RedisServer {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long POLL_MILLIS = 50;

    private final int port;
    private final Path data;
    private final File binary;
    private @Nullable Process process;

    ProcessRedis(StackHome home, int port) {
        this.port = Ports.orFree(port);
        try {
            this.data = Files.createTempDirectory(home.run(), "redis-");
            this.binary =
                    ExecutableProvider.newJarResourceProvider(data.toFile()).get();
        } catch (IOException e) {
            throw new StackException("cannot unpack the Redis binary for this system; give one with --redis-uri", e);
        }
    }

    @Override
    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    @Override
    public void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        List<String> command = List.of(
                binary.getPath(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                data.toString(),
                "--appendonly",
                "yes",
                "--save",
                "");
        Path log = data.resolve("redis.log");
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process = started;
            awaitAnswer(started, log);
        } catch (IOException e) {
            throw new StackException("cannot start Redis; give a running one with --redis-uri", e);
        }
    }

    @Override
    public void stop() {
        if (process != null) {
            Processes.stop(process, PATIENCE);
        }
    }

    @Override
    public void kill() {
        if (process != null) {
            Processes.kill(process);
        }
    }

    @Override
    public void pause() {
        Processes.signal(running(), "STOP");
    }

    @Override
    public void resume() {
        Processes.signal(running(), "CONT");
    }

    @Override
    public void close() {
        kill();
        try {
            FileTree.delete(data);
        } catch (IOException e) {
            throw new StackException("cannot delete " + data, e);
        }
    }

    private Process running() {
        if (process == null || !process.isAlive()) {
            throw new StackException("Redis is not running");
        }
        return process;
    }

    private void awaitAnswer(Process started, Path log) {
        Deadline deadline = Deadline.in(PATIENCE);
        while (!RedisPing.answers(port)) {
            if (!started.isAlive()) {
                throw new StackException(
                        "Redis stopped with status " + started.exitValue() + ":\n" + LogFile.tail(log));
            }
            deadline.check("Redis did not answer on port " + port);
            Deadline.pause(POLL_MILLIS);
        }
    }
}
