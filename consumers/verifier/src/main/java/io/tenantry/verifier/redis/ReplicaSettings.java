package io.tenantry.verifier.redis;

import io.tenantry.contract.RedisKeys;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a realm's revocations are read from, and how old the knowledge of them may be.
 *
 * @param uri {@code redis://host[:port][/database]}, or {@code rediss://…} for TLS (the host name is checked against the
 *     certificate); without credentials, which are given apart so that an address can be logged
 * @param username the Redis ACL user; empty for the default user
 * @param password empty if none is needed
 * @param keys the realm and the prefix that its publisher writes under
 * @param maxStaleness how old the watermark may be; 2 s to 1 hour, default 30 s. The publisher renews it once a second
 * @param whenStale what to do past that; default {@link StalenessPolicy#REFUSE}
 * @param connectTimeout 50 ms to 30 s; default 2 s
 * @param readTimeout how long one answer may take; 100 ms to 30 s, default 3 s. A dead connection is noticed one second
 *     later than that
 */
public record ReplicaSettings(
        URI uri,
        Optional<String> username,
        Optional<String> password,
        RedisKeys keys,
        Duration maxStaleness,
        StalenessPolicy whenStale,
        Duration connectTimeout,
        Duration readTimeout) {
    private static final int DEFAULT_PORT = 6379;

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is unusable; the message names it, its value (no secret) and the remedy
     */
    public ReplicaSettings {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getRawUserInfo() != null) {
            throw invalid(
                    "uri", scheme + "://***@" + uri.getHost(), "give username and password apart from the address");
        }
        if (!scheme.equals("redis") && !scheme.equals("rediss")) {
            throw invalid(
                    "uri", uri, "write redis://host:port or rediss://host:port; one server, no Sentinel or Cluster");
        }
        if (uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw invalid("uri", uri, "name one host, such as redis://localhost:6379");
        }
        String path = uri.getRawPath();
        if (!path.isEmpty() && !path.matches("/\\d{0,4}")) {
            throw invalid("uri", uri, "after the host comes a database number or nothing");
        }
        if (username.isPresent() && password.isEmpty()) {
            throw invalid("username", username.get(), "a user needs a password as well");
        }
        requireBetween("maxStaleness", maxStaleness, Duration.ofSeconds(2), Duration.ofHours(1));
        requireBetween("connectTimeout", connectTimeout, Duration.ofMillis(50), Duration.ofSeconds(30));
        requireBetween("readTimeout", readTimeout, Duration.ofMillis(100), Duration.ofSeconds(30));
    }

    /** Starts from the defaults for this server and realm. */
    public static Builder forRealm(URI uri, String realm) {
        return new Builder(uri, realm);
    }

    boolean tls() {
        return "rediss".equalsIgnoreCase(uri.getScheme());
    }

    int port() {
        return uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    }

    int database() {
        String path = uri.getRawPath();
        return path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
    }

    /** Everything but the credentials. */
    @Override
    public String toString() {
        return "ReplicaSettings[uri=" + uri + ", keys=" + keys + ", maxStaleness=" + maxStaleness + ", whenStale="
                + whenStale + ']';
    }

    private static void requireBetween(String setting, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw invalid(setting, value, "choose between " + min + " and " + max);
        }
    }

    private static IllegalArgumentException invalid(String setting, Object value, String remedy) {
        return new IllegalArgumentException(setting + " is '" + value + "': " + remedy);
    }

    /** Collects what differs from the defaults. */
    public static final class Builder {
        private final URI uri;
        private final String realm;
        private Optional<String> username = Optional.empty();
        private Optional<String> password = Optional.empty();
        private String prefix = RedisKeys.DEFAULT_PREFIX;
        private Duration maxStaleness = Duration.ofSeconds(30);
        private StalenessPolicy whenStale = StalenessPolicy.REFUSE;
        private Duration connectTimeout = Duration.ofSeconds(2);
        private Duration readTimeout = Duration.ofSeconds(3);

        private Builder(URI uri, String realm) {
            this.uri = uri;
            this.realm = realm;
        }

        /** The password of Redis's default user. */
        public Builder password(String value) {
            this.password = Optional.of(value);
            return this;
        }

        /** An ACL user; it needs {@code +@read +time +xinfo +hello +client|setinfo} on the realm's keys. */
        public Builder credentials(String name, String secret) {
            this.username = Optional.of(name);
            this.password = Optional.of(secret);
            return this;
        }

        public Builder prefix(String value) {
            this.prefix = value;
            return this;
        }

        public Builder maxStaleness(Duration value) {
            this.maxStaleness = value;
            return this;
        }

        public Builder whenStale(StalenessPolicy value) {
            this.whenStale = value;
            return this;
        }

        public Builder connectTimeout(Duration value) {
            this.connectTimeout = value;
            return this;
        }

        public Builder readTimeout(Duration value) {
            this.readTimeout = value;
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException if one is unusable
         */
        public ReplicaSettings build() {
            return new ReplicaSettings(
                    uri,
                    username,
                    password,
                    new RedisKeys(prefix, realm),
                    maxStaleness,
                    whenStale,
                    connectTimeout,
                    readTimeout);
        }
    }
}
