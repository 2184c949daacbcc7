package io.tenantry.it.fault;

import io.tenantry.it.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock of one process, which a test moves while the process runs: by a small library of our own where there is a
 * compiler, else by Debian's faketime. The monotonic clock goes on as it does.
 */
final class ShiftedClock {
    private static final List<Path> FAKETIME = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"));

    private final Path file;
    private final Optional<Path> faketime;
    private final Map<String, String> environment;

    private ShiftedClock(Path file, Optional<Path> faketime, Map<String, String> environment) {
        this.file = file;
        this.faketime = faketime;
        this.environment = environment;
    }

    /** A clock that is right until it is shifted. */
    static ShiftedClock in(Path directory, String name) throws IOException, InterruptedException {
        Path file = directory.resolve(name + ".clock");
        Optional<Path> faketime = Tools.onPath("gcc")
                ? Optional.empty()
                : FAKETIME.stream().filter(Files::exists).findFirst();
        Tools.assume(Tools.onPath("gcc") || faketime.isPresent(), "clocks are shifted with gcc or faketime");
        ShiftedClock clock = new ShiftedClock(
                file,
                faketime,
                faketime.isPresent()
                        ? Map.of(
                                "LD_PRELOAD",
                                faketime.get().toString(),
                                "FAKETIME_TIMESTAMP_FILE",
                                file.toString(),
                                "FAKETIME_NO_CACHE",
                                "1",
                                "DONT_FAKE_MONOTONIC",
                                "1")
                        : Map.of("LD_PRELOAD", compiled(directory).toString(), "TENANTRY_CLOCK", file.toString()));
        clock.shift(Duration.ZERO);
        return clock;
    }

    private static Path compiled(Path directory) throws IOException, InterruptedException {
        Path library = directory.resolve("clock.so");
        if (Files.exists(library)) {
            return library;
        }
        Path source = directory.resolve("clock.c");
        try (InputStream in = Objects.requireNonNull(ShiftedClock.class.getResourceAsStream("clock.c"))) {
            Files.write(source, in.readAllBytes());
        }
        Process compiler = new ProcessBuilder(
                        Stream.of("gcc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl")
                                .toList())
                .inheritIO()
                .start();
        if (compiler.waitFor() != 0) {
            throw new AssertionError("gcc could not compile clock.c");
        }
        return library;
    }

    /** What the process must have in its environment. */
    Map<String, String> environment() {
        return environment;
    }

    /** From now on the process is this far ahead. */
    void shift(Duration ahead) throws IOException {
        if (faketime.isPresent()) {
            Files.writeString(file, String.format("%+d", ahead.toSeconds()), StandardCharsets.US_ASCII);
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(
                    ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.nativeOrder())
                            .putLong(0, ahead.toSeconds()),
                    0);
        }
    }
}
