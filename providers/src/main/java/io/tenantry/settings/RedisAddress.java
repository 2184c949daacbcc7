package io.tenantry.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where Redis is: one server, one watched over by Sentinels, or a Cluster. */
public sealed interface RedisAddress {
    /** Whether every connection is made over TLS, its certificate checked against the JVM's trust store. */
    boolean tls();

    /**
     * One server.
     *
     * @param database its database, 0 unless chosen
     */
    record Single(HostPort node, int database, boolean tls) implements RedisAddress {
        public Single {
            requireDatabase(database);
        }
    }

    /**
     * A primary that Sentinels name.
     *
     * @param master the name under which the Sentinels know it
     * @param sentinels at least one of them
     * @param sentinelCredentials what the Sentinels themselves ask for, often nothing
     */
    record Sentinels(
            String master,
            List<HostPort> sentinels,
            @Nullable Credentials sentinelCredentials,
            int database,
            boolean tls)
            implements RedisAddress {
        public Sentinels {
            sentinels = List.copyOf(sentinels);
            requireDatabase(database);
            if (master.isBlank()) {
                throw new IllegalArgumentException("the Sentinels' name for the primary is missing");
            }
        }
    }

    /**
     * A Redis Cluster, which has database 0 alone.
     *
     * @param nodes at least one of its nodes; the others are found through it
     */
    record Cluster(List<HostPort> nodes, boolean tls) implements RedisAddress {
        public Cluster {
            nodes = List.copyOf(nodes);
        }
    }

    private static void requireDatabase(int database) {
        if (database < 0) {
            throw new IllegalArgumentException("the database " + database + " is negative");
        }
    }
}
