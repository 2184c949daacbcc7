package io.tenantry.stack;

import java.util.Map;

/** Where Keycloak keeps its data. */
public enum Database {
    /** H2 in memory: fast, gone at every stop. */
    MEMORY("dev-mem"),
    /** H2 in files of the server's own home: survives a restart, loses committed rows at a kill. */
    FILE("dev-file"),
    /** A PostgreSQL of the stack's own; what durability and several nodes need. */
    POSTGRES("postgres");

    private final String vendor;

    Database(String vendor) {
        this.vendor = vendor;
    }

    Map<String, String> buildOptions() {
        return Map.of("db", vendor);
    }
}
