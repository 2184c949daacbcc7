package io.tenantry.benchmarks;

import io.tenantry.stack.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The table of revocations, written and read past Keycloak: what a long outage leaves, in a moment. Ids are in the order of
 * time, as those that the listener gives.
 */
record RevocationTable(PostgresServer postgres) {
    private static final String INSERT = """
            insert into tenantry_revocation
                (id, realm, kind, selector, cutoff, expires_at, cause, created_at, published_at)
            select regexp_replace(
                    lpad(to_hex(now_ms), 12, '0') || '7' || lpad(to_hex(n / 4096 % 4096), 3, '0')
                        || '8' || lpad(to_hex(n % 4096), 3, '0') || substr(md5(random()::text), 1, 12),
                    '(.{8})(.{4})(.{4})(.{4})(.{12})', '\\1-\\2-\\3-\\4-\\5'),
                ?, kind, selector, now_ms, now_ms + 3660000, 'logout', now_ms - 5000, null
            from (select (extract(epoch from clock_timestamp()) * 1000)::bigint as now_ms, n, kind,
                      case kind
                          when 'jti' then 'onrtro%3A' || gen_random_uuid()::text
                          when 'member' then 'northbank:' || gen_random_uuid()::text
                          when 'grant' then 'lending-app:' || gen_random_uuid()::text
                          else gen_random_uuid()::text
                      end as selector
                  from (select n, (string_to_array(?, ','))[1 + n % array_length(string_to_array(?, ','), 1)] as kind
                        from generate_series(1, ?) as n) as numbered) as made
            """;

    /** Adds so many pending revocations of these kinds, in turn, to a realm: all at once, or none. */
    void add(String realm, String kinds, int count) {
        update(INSERT, realm, kinds, kinds, count);
        // What autovacuum does within a minute of so large a change
        update("analyze tenantry_revocation");
    }

    /** Adds one session's that is pending. */
    void addOne(String realm) {
        update(INSERT, realm, "sid", "sid", 1);
    }

    /**
     * Makes copies of a realm and its event listeners, numbered up to the given one: as much of a realm as the drainer looks
     * at.
     */
    void copyRealm(String name, int from, int to) {
        update("""
                insert into realm select (jsonb_populate_record(r, jsonb_build_object(
                        'id', gen_random_uuid()::text, 'name', r.name || '-' || n))).*
                    from realm r, generate_series(?, ?) as n where r.name = ?
                """, from, to, name);
        update("""
                insert into realm_events_listeners (realm_id, value)
                select r.id, l.value
                from realm_events_listeners l
                    join realm model on model.id = l.realm_id, generate_series(?, ?) as n
                    join realm r on r.name = ? || '-' || n
                where model.name = ?
                """, from, to, name, name);
    }

    /** What a copy is called. */
    static String copyOf(String name, int number) {
        return name + '-' + number;
    }

    /** How many wait. */
    long pending(String realm) {
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement(
                        "select count(*) from tenantry_revocation where published_at is null and realm = ?")) {
            query.setString(1, realm);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        } catch (SQLException e) {
            throw new BenchmarkException("cannot read the table of revocations", e);
        }
    }

    /** Forgets a realm's. */
    void clear(String realm) {
        update("delete from tenantry_revocation where realm = ?", realm);
        update("vacuum analyze tenantry_revocation");
    }

    private void update(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new BenchmarkException("cannot write the table of revocations", e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), "postgres", "postgres");
    }
}
