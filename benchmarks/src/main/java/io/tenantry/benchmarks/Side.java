package io.tenantry.benchmarks;

import java.util.List;

/**
 * One of the things compared.
 *
 * @param connections what each of its connections asks for
 * @param tenant the tenant that each token must name
 * @param role the one role that each token must tell
 */
record Side(String name, List<TokenSource> connections, TokenFacts facts, String tenant, String role) {
    Side {
        connections = List.copyOf(connections);
    }

    /** The same through its first connection alone. */
    Side alone() {
        return new Side(name, connections.subList(0, 1), facts, tenant, role);
    }

    void check(String accessToken) {
        facts.check(accessToken, tenant, role);
    }
}
