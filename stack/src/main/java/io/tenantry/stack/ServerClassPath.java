package io.tenantry.stack;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server's jars and ours as a class path, for programs that ask what a server would make of something. */
public final class ServerClassPath {
    /** The variable that names a server to use in place of the stock one. */
    public static final String HOME = "KC_HOME";

    private ServerClassPath() {}

    /**
     * The server that {@value #HOME} names, with what lies in its {@code providers/}; else the stock one of the build.
     *
     * @throws StackException if it is no server
     */
    public static String of(StackHome stack, Map<String, String> environment, Progress progress) {
        List<Path> parts = new ArrayList<>(List.of(stack.providerJar()));
        String home = environment.get(HOME);
        Path server = home == null ? PreparedServer.stock(stack, progress) : Path.of(home);
        Path libraries = server.resolve("lib").resolve("lib");
        if (!Files.isDirectory(libraries.resolve("main"))) {
            throw new StackException(
                    HOME + " is '" + server + "': name the folder of a Keycloak, which has lib/lib/main");
        }
        if (home != null) {
            parts.add(server.resolve("providers").resolve("*"));
        }
        parts.add(libraries.resolve("main").resolve("*"));
        // The loggers
        parts.add(libraries.resolve("boot").resolve("*"));
        return String.join(
                File.pathSeparator, parts.stream().map(Path::toString).toList());
    }
}
