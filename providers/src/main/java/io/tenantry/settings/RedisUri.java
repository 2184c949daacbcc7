package io.tenantry.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Redis URI taken apart. The forms, each with an {@code s} after {@code redis} for TLS:
 *
 * <pre>
 * redis://[user:password@]host[:6379][/database]
 * redis-sentinel://[user:password@]host[:26379],host…[/database]?master=name
 *         [&amp;sentinel-username=…][&amp;sentinel-password=…]
 * redis-cluster://[user:password@]host[:6379],host…
 * </pre>
 *
 * User and password are percent-encoded, as everywhere in a URI; {@code :password@} alone is the default user's.
 *
 * @param credentials those in the URI, or null if it has none
 */
record RedisUri(RedisAddress address, @Nullable Credentials credentials) {
    static final String REMEDY = "write redis://host:6379/0, redis-sentinel://host1:26379,host2:26379/0?master=name or"
            + " redis-cluster://host1:6379,host2:6379, with rediss in place of redis for TLS";

    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26_379;
    private static final String MASTER = "master";
    private static final String SENTINEL_USERNAME = "sentinel-username";
    private static final String SENTINEL_PASSWORD = "sentinel-password";
    private static final Pattern SECRET_PARAMETER = Pattern.compile("(password=)[^&]*");

    /**
     * Reads a URI.
     *
     * @throws IllegalArgumentException saying what is wrong, never holding a secret
     */
    static RedisUri parse(String text) {
        int schemeEnd = text.indexOf("://");
        if (schemeEnd < 0) {
            throw new IllegalArgumentException("it has no scheme");
        }
        String scheme = text.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        String rest = text.substring(schemeEnd + 3);
        int queryStart = rest.indexOf('?');
        Map<String, String> query = queryStart < 0 ? Map.of() : query(rest.substring(queryStart + 1));
        String beforeQuery = queryStart < 0 ? rest : rest.substring(0, queryStart);
        int pathStart = beforeQuery.indexOf('/');
        String authority = pathStart < 0 ? beforeQuery : beforeQuery.substring(0, pathStart);
        String path = pathStart < 0 ? "" : beforeQuery.substring(pathStart + 1);
        int at = authority.lastIndexOf('@');
        Credentials credentials = at < 0 ? null : credentials(authority.substring(0, at));
        return new RedisUri(address(scheme, authority.substring(at + 1), path, query), credentials);
    }

    /** The URI with everything in it that could be a secret blotted out, however malformed it is. */
    static String redact(String text) {
        int at = text.lastIndexOf('@');
        int scheme = text.indexOf("://");
        int start = scheme < 0 || scheme > at ? 0 : scheme + 3;
        String withoutUserInfo = at < 0 ? text : text.substring(0, start) + "***" + text.substring(at);
        return SECRET_PARAMETER.matcher(withoutUserInfo).replaceAll("$1***");
    }

    private static RedisAddress address(String scheme, String hosts, String path, Map<String, String> query) {
        boolean tls = scheme.startsWith("rediss");
        return switch (scheme) {
            case "redis", "rediss" -> {
                requireParameters(query, Set.of());
                List<HostPort> nodes = hosts(hosts, REDIS_PORT);
                if (nodes.size() != 1) {
                    throw new IllegalArgumentException("several hosts need redis-sentinel:// or redis-cluster://");
                }
                yield new RedisAddress.Single(nodes.get(0), database(path), tls);
            }
            case "redis-sentinel", "rediss-sentinel" -> {
                requireParameters(query, Set.of(MASTER, SENTINEL_USERNAME, SENTINEL_PASSWORD));
                String master = query.get(MASTER);
                if (master == null) {
                    throw new IllegalArgumentException("'?master=' is missing");
                }
                yield new RedisAddress.Sentinels(
                        master, hosts(hosts, SENTINEL_PORT), sentinelCredentials(query), database(path), tls);
            }
            case "redis-cluster", "rediss-cluster" -> {
                requireParameters(query, Set.of());
                if (!path.isEmpty()) {
                    throw new IllegalArgumentException("a cluster has no database to choose");
                }
                yield new RedisAddress.Cluster(hosts(hosts, REDIS_PORT), tls);
            }
            default -> throw new IllegalArgumentException("its scheme is none of Redis");
        };
    }

    private static @Nullable Credentials sentinelCredentials(Map<String, String> query) {
        String password = query.get(SENTINEL_PASSWORD);
        String username = query.get(SENTINEL_USERNAME);
        if (password == null) {
            if (username != null) {
                throw new IllegalArgumentException("'sentinel-username' needs 'sentinel-password'");
            }
            return null;
        }
        return new Credentials(username, password);
    }

    private static List<HostPort> hosts(String text, int defaultPort) {
        return Arrays.stream(text.split(",", -1))
                .map(host -> HostPort.parse(host, defaultPort))
                .toList();
    }

    private static int database(String path) {
        if (path.isEmpty()) {
            return 0;
        }
        try {
            return Integer.parseInt(path);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("its path is not the number of a database", e);
        }
    }

    private static Credentials credentials(String userInfo) {
        int colon = userInfo.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("there is a user but no password before the '@'");
        }
        String username = decode(userInfo.substring(0, colon));
        return new Credentials(username.isEmpty() ? null : username, decode(userInfo.substring(colon + 1)));
    }

    private static Map<String, String> query(String text) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : text.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals < 0
                    || parameters.put(decode(parameter.substring(0, equals)), decode(parameter.substring(equals + 1)))
                            != null) {
                throw new IllegalArgumentException("its query is not a list of distinct name=value");
            }
        }
        return parameters;
    }

    private static void requireParameters(Map<String, String> query, Set<String> known) {
        for (String name : query.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("it has a query parameter that is not known for its scheme");
            }
        }
    }

    private static String decode(String text) {
        try {
            // The decoder is made for forms, where '+' is a space; in a URI it is itself
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Its own message quotes the text, which may be a password
            throw new IllegalArgumentException("a part of it is not percent-encoded");
        }
    }
}
