package io.tenantry.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * A distribution with providers, built with {@code kc.sh build} once and kept: the build takes some 20 seconds, a home
 * for one more server from it takes milliseconds.
 */
final class PreparedServer {
    private final Path directory;

    private PreparedServer(Path directory) {
        this.directory = directory;
    }

    /** Builds it, or finds the one built before from exactly the same parts. One at a time: of this process, and of all. */
    static synchronized PreparedServer of(
            StackHome home,
            Distribution distribution,
            List<Path> providers,
            Map<String, String> buildOptions,
            Progress progress) {
        Path servers = home.servers();
        try {
            Path server = servers.resolve(BuildKey.of(distribution.version(), providers, buildOptions));
            try (FileChannel channel = lockFile(servers);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.isDirectory(server)) {
                    Path stock = unpacked(servers, distribution, progress);
                    build(stock, server, providers, buildOptions, progress);
                }
            }
            return new PreparedServer(server);
        } catch (IOException e) {
            throw new StackException("cannot prepare a server in " + servers, e);
        }
    }

    /** The stock distribution of the build, unpacked once and kept; nobody may write into it. */
    static synchronized Path stock(StackHome home, Progress progress) {
        Path servers = home.servers();
        try (FileChannel channel = lockFile(servers);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new StackException("the lock in " + servers + " is lost");
            }
            return unpacked(servers, home.distribution(), progress);
        } catch (IOException e) {
            throw new StackException("cannot unpack a server in " + servers, e);
        }
    }

    private static FileChannel lockFile(Path servers) throws IOException {
        return FileChannel.open(servers.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** A home of its own for one server: what is built is shared by symbolic links, data and configuration are not. */
    void newHome(Path target) throws IOException {
        Files.createDirectories(target.resolve("data"));
        for (String shared : List.of("lib", "providers", "themes")) {
            Files.createSymbolicLink(target.resolve(shared), directory.resolve(shared));
        }
        for (String own : List.of("bin", "conf")) {
            FileTree.copy(directory.resolve(own), target.resolve(own), name -> false);
        }
        Files.copy(directory.resolve("version.txt"), target.resolve("version.txt"));
    }

    private static Path unpacked(Path servers, Distribution distribution, Progress progress) throws IOException {
        Path stock = servers.resolve("stock-" + distribution.version());
        if (Files.isDirectory(stock)) {
            return stock;
        }
        progress.started("Unpacking Keycloak " + distribution.version());
        Path unfinished = servers.resolve(stock.getFileName() + ".unfinished");
        FileTree.delete(unfinished);
        distribution.unpackTo(unfinished);
        return Files.move(unfinished, stock, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void build(
            Path stock, Path server, List<Path> providers, Map<String, String> buildOptions, Progress progress)
            throws IOException {
        progress.started("Building the server with its providers; only the first time, half a minute or more");
        Path unfinished = server.resolveSibling(server.getFileName() + ".unfinished");
        FileTree.delete(unfinished);
        // The build rewrites files under lib/quarkus in place; the libraries it only reads, so those may be shared
        FileTree.copy(stock, unfinished, name -> name.startsWith(Path.of("lib", "lib", "main")));
        for (Path provider : providers) {
            Files.copy(provider, unfinished.resolve("providers").resolve(provider.getFileName()));
        }
        Path log = server.resolveSibling(server.getFileName() + ".build.log");
        ServerScript script = new ServerScript(unfinished);
        int status = script.run(
                CommandLine.options("build", buildOptions), Map.of(), log, new Heartbeat(progress, "  still building"));
        if (status != 0) {
            throw new StackException("kc.sh build ended with status " + status + ":\n" + LogFile.tail(log));
        }
        Files.move(unfinished, server, StandardCopyOption.ATOMIC_MOVE);
    }
}
