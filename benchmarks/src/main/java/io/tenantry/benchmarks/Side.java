package io.tenantry.benchmarks;

import java.util.List;
import java.util.function.Consumer;

/**
 * One of the things compared.
 *
 * @param connections what each of its connections asks for
 * @param check what every answer must stand, after the clock has stopped
 */
record Side(String name, List<Source> connections, Consumer<String> check) {
    Side {
        connections = List.copyOf(connections);
    }

    /** The same through its first connection alone. */
    Side alone() {
        return new Side(name, connections.subList(0, 1), check);
    }
}
