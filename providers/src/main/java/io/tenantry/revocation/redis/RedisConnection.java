package io.tenantry.revocation.redis;

import io.tenantry.settings.Credentials;
import io.tenantry.settings.HostPort;
import io.tenantry.settings.PublisherSettings;
import io.tenantry.settings.RedisAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.util.JedisClusterCRC16;
import redis.clients.jedis.util.Pool;

/**
 * The client, made when it is first needed: those for Sentinels and Cluster connect as they are made, and the server must
 * start without Redis.
 */
final class RedisConnection implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 10;
    private static final int CLUSTER_ATTEMPTS = 3;
    private static final String CLIENT_NAME = "tenantry";
    private static final String NOBODY = "nobody";
    private static final long RENEWED_JUST_NOW_NANOS = 2_000_000_000L;

    private final RedisAddress address;
    private final @Nullable Credentials credentials;
    private final Duration timeout;
    private volatile @Nullable UnifiedJedis client;
    private @Nullable UnifiedJedis retired;
    private @Nullable ClusterConnectionProvider cluster;
    private long connectedNanos;
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
            connectedNanos = System.nanoTime();
        }
        return existing;
    }

    /**
     * Has the next use connect anew, to whichever server the address leads to by then; not where that was done just now, as
     * when many realms are rebuilt at once. Who is using a connection meanwhile goes on with it.
     */
    synchronized void renew() {
        UnifiedJedis existing = client;
        if (existing == null || System.nanoTime() - connectedNanos < RENEWED_JUST_NOW_NANOS) {
            return;
        }
        client = null;
        close(retired);
        retired = existing;
    }

    private static void close(@Nullable UnifiedJedis old) {
        if (old != null) {
            old.close();
        }
    }

    /** Whether realms may be on different servers, one of which fails alone. */
    boolean isSpread() {
        return address instanceof RedisAddress.Cluster;
    }

    /** Keys, by the name of the server that has them; it is empty where there is one server alone. */
    Map<String, List<String>> byServer(Collection<String> keys) {
        client();
        ClusterConnectionProvider nodes = cluster();
        return keys.stream().collect(Collectors.groupingBy(key -> nodes == null ? "" : server(nodes, key)));
    }

    private static String server(ClusterConnectionProvider nodes, String key) {
        HostAndPort node = nodes.getNode(JedisClusterCRC16.getSlot(key));
        return node == null ? NOBODY : node.toString();
    }

    /** What one of those servers is asked at once; close it. */
    Pipeline pipeline(String server) {
        UnifiedJedis existing = client();
        if (existing instanceof RedisClient single) {
            return single.pipelined();
        }
        if (existing instanceof RedisSentinelClient sentinels) {
            return sentinels.pipelined();
        }
        ClusterConnectionProvider nodes = cluster();
        if (nodes == null || server.equals(NOBODY)) {
            throw new JedisException("no server of the cluster has the slot");
        }
        return new Pipeline(nodes.getConnection(HostAndPort.from(server)), true);
    }

    /** Asks the cluster again which server has what. */
    void lookAgain() {
        ClusterConnectionProvider nodes = cluster();
        if (nodes != null) {
            nodes.renewSlotCache();
        }
    }

    private synchronized @Nullable ClusterConnectionProvider cluster() {
        return cluster;
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
        RedisAddress.Cluster nodes = (RedisAddress.Cluster) address;
        DefaultJedisClientConfig config = config(credentials, 0, nodes.tls());
        ClusterConnectionProvider provider =
                new ClusterConnectionProvider(hostsAndPorts(nodes.nodes()), config, pool());
        cluster = provider;
        return RedisClusterClient.builder()
                .nodes(hostsAndPorts(nodes.nodes()))
                .clientConfig(config)
                .connectionProvider(provider)
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
        close(client);
        close(retired);
        client = null;
    }
}
