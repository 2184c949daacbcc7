package io.tenantry.it.fault;

import io.tenantry.contract.RevocationKind;
import io.tenantry.contract.Selector;
import io.tenantry.stack.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The table of revocations, read past Keycloak: what is committed, and so must be known in the end. */
final class Ledger {
    private static final String ROWS =
            "select id, kind, selector, cutoff, published_at from tenantry_revocation where realm = ?";

    private static final String LEAVE_BEHIND = """
            insert into tenantry_revocation
                (id, realm, kind, selector, cutoff, expires_at, cause, created_at)
            select gen_random_uuid()::text, ?, 'sid', gen_random_uuid()::text, ?, ?, 'logout', ?
            from generate_series(1, ?)
            """;
    private static final String EPOCH = "select epoch from tenantry_epoch where realm = ?";

    private final PostgresServer database;
    private final String realm;

    Ledger(PostgresServer database, String realm) {
        this.database = database;
        this.realm = realm;
    }

    /** A committed revocation. */
    record Row(String id, Selector selector, Instant cutoff, boolean published) {}

    /** The name of the realm's data set; empty before the first. */
    String epoch() {
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement(EPOCH)) {
            query.setString(1, realm);
            try (ResultSet result = query.executeQuery()) {
                return result.next() ? result.getString("epoch") : "";
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the table of epochs", e);
        }
    }

    /** Adds revocations as a long outage leaves them: committed, and not published. */
    void leaveBehind(int count) {
        long now = Instant.now().toEpochMilli();
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(LEAVE_BEHIND)) {
            insert.setString(1, realm);
            insert.setLong(2, now);
            insert.setLong(3, now + 3_600_000);
            insert.setLong(4, now - 60_000);
            insert.setInt(5, count);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot write the table of revocations", e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), "postgres", "postgres");
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement(ROWS)) {
            query.setString(1, realm);
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    String parts = result.getString("selector");
                    boolean published = result.getObject("published_at") != null;
                    rows.add(new Row(
                            result.getString("id"),
                            Selector.parse(
                                    RevocationKind.ofWireName(result.getString("kind")), parts == null ? "" : parts),
                            Instant.ofEpochMilli(result.getLong("cutoff")),
                            published));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the table of revocations", e);
        }
        return rows;
    }
}
