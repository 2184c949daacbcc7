package io.tenantry.benchmarks;

import io.tenantry.stack.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How often a database has executed each statement, as {@code pg_stat_statements} counts them. Each is a round trip, but
 * for the one that begins a transaction, which the driver sends together with the next. It stands for the one that ends
 * it, of which PostgreSQL 14 counts only the first on a connection.
 */
final class Statements implements AutoCloseable {
    /** What the end of a transaction is called here, be it committed or not. */
    static final String END = "end of transaction";

    private static final String CALLS =
            "select case when query ilike 'begin%' then '" + END + "' else query end as text,"
                    + " sum(calls) from pg_stat_statements"
                    + " where dbid = (select oid from pg_database where datname = current_database())"
                    + " and query !~* '^(commit|rollback)' and query not like '%pg_stat_statements%' group by text";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Connection connection;

    private Statements(Connection connection) {
        this.connection = connection;
    }

    /** Has a database count nothing until it is asked to, so that nothing is in the way of what is timed. */
    static void rest(PostgresServer postgres) {
        count(postgres).close();
    }

    /** Counts from now on, until closed. */
    static Statements count(PostgresServer postgres) {
        Connection connection = null;
        try {
            connection = DriverManager.getConnection(postgres.jdbcUrl(), "postgres", "postgres");
            execute(connection, "create extension if not exists pg_stat_statements");
            track(connection, "top");
            return new Statements(connection);
        } catch (SQLException e) {
            throw new BenchmarkException("cannot have the database count statements", e);
        }
    }

    /** The executions of each so far, by its text with its values left out. */
    Map<String, Long> calls() {
        Map<String, Long> calls = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(CALLS)) {
            while (result.next()) {
                calls.put(result.getString(1), result.getLong(2));
            }
        } catch (SQLException e) {
            throw new BenchmarkException("cannot read which statements the database has executed", e);
        }
        return calls;
    }

    @Override
    public void close() {
        try (connection) {
            track(connection, "none");
        } catch (SQLException e) {
            throw new BenchmarkException("cannot have the database stop counting statements", e);
        }
    }

    /** What the database is started with may win over this, and then nothing would be counted, and look cheap. */
    private static void track(Connection connection, String which) throws SQLException {
        execute(connection, "alter system set pg_stat_statements.track = '" + which + "'");
        execute(connection, "select pg_reload_conf()");
        long begin = System.nanoTime();
        while (!tracked(connection).equals(which)) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new BenchmarkException("the database does not take up pg_stat_statements.track = " + which);
            }
        }
    }

    private static String tracked(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("show pg_stat_statements.track")) {
            result.next();
            return result.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
