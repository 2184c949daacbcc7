package io.tenantry.revocation.redis;

import io.tenantry.settings.Credentials;
import io.tenantry.settings.HostPort;
import io.tenantry.settings.PublisherSettings;
import io.tenantry.settings.RedisAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.Pool;

/**
 * The client, made when it is first needed: those for Sentinels and Cluster connect as they are made, and the server must
 * start without Redis.
 */
final class RedisConnection implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 10;
    private static final int CLUSTER_ATTEMPTS = 3;
    private static final String CLIENT_NAME = "tenantry";

    private final RedisAddress address;
    private final @Nullable Credentials credentials;
    private final Duration timeout;
    private volatile @Nullable UnifiedJedis client;
    private boolean closed;

    RedisConnection(RedisAddress address, PublisherSettings settings) {
        this.address = address;
        this.credentials = settings.credentials();
        this.timeout = settings.publishTimeout();
    }

    /** The client; throws what the client throws when Redis cannot be reached. */
    UnifiedJedis client() {
        // Without the lock, which is held while somebody connects
        UnifiedJedis existing = client;
        return existing == null ? connected() : existing;
    }

    /** How many connections stand and nobody uses; none in a cluster, where an answer may be a redirect. */
    int idle() {
        UnifiedJedis existing = client;
        if (existing instanceof RedisClient single) {
            return single.getPool().getNumIdle();
        }
        return existing instanceof RedisSentinelClient sentinels
                ? sentinels.getPrimaryNodesConnectionMap().values().stream()
                        .mapToInt(Pool::getNumIdle)
                        .sum()
                : 0;
    }

    private synchronized UnifiedJedis connected() {
        if (closed) {
            throw new IllegalStateException("the connection to Redis has been closed");
        }
        UnifiedJedis existing = client;
        if (existing == null) {
            existing = connect();
            client = existing;
        }
        return existing;
    }

    /** Has the next use connect anew, to whichever server the address leads to by then. */
    synchronized void reset() {
        UnifiedJedis existing = client;
        client = null;
        if (existing != null) {
            existing.close();
        }
    }

    private UnifiedJedis connect() {
        if (address instanceof RedisAddress.Single single) {
            return RedisClient.builder()
                    .hostAndPort(hostAndPort(single.node()))
                    .clientConfig(config(credentials, single.database(), single.tls()))
                    .poolConfig(pool())
                    .build();
        }
        if (address instanceof RedisAddress.Sentinels sentinels) {
            return RedisSentinelClient.builder()
                    .masterName(sentinels.master())
                    .sentinels(hostsAndPorts(sentinels.sentinels()))
                    .sentinelClientConfig(
                            config(sentinels.sentinelCredentials(), 0, sentinels.tls(), RedisProtocol.RESP2))
                    .clientConfig(config(credentials, sentinels.database(), sentinels.tls()))
                    .poolConfig(pool())
                    .build();
        }
        RedisAddress.Cluster cluster = (RedisAddress.Cluster) address;
        return RedisClusterClient.builder()
                .nodes(hostsAndPorts(cluster.nodes()))
                .clientConfig(config(credentials, 0, cluster.tls()))
                .poolConfig(pool())
                .maxAttempts(CLUSTER_ATTEMPTS)
                .maxTotalRetriesDuration(timeout.multipliedBy(CLUSTER_ATTEMPTS))
                .build();
    }

    private DefaultJedisClientConfig config(@Nullable Credentials login, int database, boolean tls) {
        return config(login, database, tls, null);
    }

    /**
     * Settings of a connection.
     *
     * @param protocol null to agree on one; the client for Sentinels cannot, and would warn at each connection
     */
    private DefaultJedisClientConfig config(
            @Nullable Credentials login, int database, boolean tls, @Nullable RedisProtocol protocol) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis((int) timeout.toMillis())
                .socketTimeoutMillis((int) timeout.toMillis())
                .database(database)
                .clientName(CLIENT_NAME);
        if (protocol != null) {
            config.protocol(protocol);
        }
        if (tls) {
            config.sslOptions(SslOptions.defaults());
        }
        if (login != null) {
            config.user(login.username()).password(login.password());
        }
        return config.build();
    }

    private ConnectionPoolConfig pool() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(MAX_CONNECTIONS);
        pool.setMaxIdle(MAX_CONNECTIONS);
        pool.setMaxWait(timeout);
        pool.setJmxEnabled(false);
        return pool;
    }

    private static Set<HostAndPort> hostsAndPorts(List<HostPort> nodes) {
        return nodes.stream().map(RedisConnection::hostAndPort).collect(Collectors.toSet());
    }

    private static HostAndPort hostAndPort(HostPort node) {
        return new HostAndPort(node.host(), node.port());
    }

    @Override
    public synchronized void close() {
        closed = true;
        reset();
    }
}
