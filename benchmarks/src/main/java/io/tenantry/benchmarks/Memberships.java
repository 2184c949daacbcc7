package io.tenantry.benchmarks;

import io.tenantry.stack.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Memberships written into Keycloak's table. Through the admin API each costs more than the one before, because stock
 * asks for all the user's memberships at every step: a thousand take more than ten minutes.
 */
record Memberships(PostgresServer postgres) {
    private static final String JOIN = "insert into user_group_membership (group_id, user_id, membership_type)"
            + " select group_id, ?, 'UNMANAGED' from org where alias like ?";

    /** Makes a user a member of all organizations whose alias begins so. */
    void join(String user, String aliasPrefix, int expected) {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), "postgres", "postgres");
                PreparedStatement insert = connection.prepareStatement(JOIN)) {
            insert.setString(1, user);
            insert.setString(2, aliasPrefix + '%');
            int made = insert.executeUpdate();
            if (made != expected) {
                throw new BenchmarkException(made + " memberships were made instead of " + expected);
            }
        } catch (SQLException e) {
            throw new BenchmarkException("cannot write memberships into Keycloak's database", e);
        }
    }
}
