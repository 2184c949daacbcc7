package io.tenantry.stack;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
    private final List<String> arguments;
    private @Nullable Process process;

    ProcessRedis(StackHome home, int port, List<String> more) {
        this(Ports.orFree(port), directory(home));
        arguments.addAll(List.of(
                "--port",
                Integer.toString(this.port),
                "--bind",
                "127.0.0.1",
                "--dir",
                data.toString(),
                "--appendonly",
                "yes",
                "--save",
                ""));
        arguments.addAll(more);
    }

    private ProcessRedis(int port, Path data) {
        this.port = port;
        this.data = data;
        this.arguments = new ArrayList<>();
        try {
            this.binary =
                    ExecutableProvider.newJarResourceProvider(data.toFile()).get();
        } catch (IOException e) {
            throw new StackException("cannot unpack the Redis binary for this system; give one with --redis-uri", e);
        }
    }

    /** The same binary as a Sentinel, which keeps what it learns in its file of settings. */
    static ProcessRedis sentinel(StackHome home, String name, RedisServer master, int quorum) {
        ProcessRedis sentinel = new ProcessRedis(Ports.orFree(0), directory(home));
        Path settings = sentinel.data.resolve("sentinel.conf");
        try {
            Files.writeString(
                    settings,
                    String.join(
                            "\n",
                            "port " + sentinel.port,
                            "bind 127.0.0.1",
                            "dir " + sentinel.data,
                            "sentinel monitor " + name + " 127.0.0.1 "
                                    + master.uri().getPort() + " " + quorum,
                            "sentinel down-after-milliseconds " + name + " 1000",
                            "sentinel failover-timeout " + name + " 5000",
                            ""));
        } catch (IOException e) {
            throw new StackException("cannot write " + settings, e);
        }
        sentinel.arguments.addAll(List.of(settings.toString(), "--sentinel"));
        return sentinel;
    }

    private static Path directory(StackHome home) {
        try {
            return Files.createTempDirectory(home.run(), "redis-");
        } catch (IOException e) {
            throw new StackException("cannot make a directory for Redis in " + home.run(), e);
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
        List<String> command = new ArrayList<>();
        command.add(binary.getPath());
        command.addAll(arguments);
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
