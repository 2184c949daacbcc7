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

    /** One whose answers are access tokens that name the tenant and the one role there. */
    static Side ofTokens(String name, List<Source> connections, TokenFacts facts, String tenant, String role) {
        return new Side(name, connections, token -> facts.check(token, tenant, role));
    }

    /** The same through its first connection alone. */
    Side alone() {
        return new Side(name, connections.subList(0, 1), check);
    }
}
