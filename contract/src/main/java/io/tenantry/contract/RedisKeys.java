package io.tenantry.contract;

/**
 * The names of a realm's keys in Redis. All of them share one hash tag, so that a script may touch them together in a
 * cluster.
 *
 * @param prefix what sets this installation's keys apart, {@value #DEFAULT_PREFIX} unless configured
 * @param realm the realm's name, as in its issuer URL
 */
public record RedisKeys(String prefix, String realm) {
    /** The prefix where none is configured. */
    public static final String DEFAULT_PREFIX = "tenantry";

    /**
     * Checks that both parts are there.
     *
     * @throws IllegalArgumentException if one is empty
     */
    public RedisKeys {
        if (prefix.isEmpty() || realm.isEmpty()) {
            throw new IllegalArgumentException("the prefix and the realm of a Redis key must not be empty");
        }
    }

    /** The string key that holds a selector's cutoff: epoch milliseconds in decimal, expiring with the revocation. */
    public String cutoff(Selector selector) {
        String kind = selector.kind().wireName();
        return selector.parts().isEmpty() ? key(kind) : key(kind + ':' + selector.encodedParts());
    }

    /** The stream of {@link StreamEntry entries}: read from its start it is the whole live set. */
    public String stream() {
        return key("stream");
    }

    /** The string key that names the data set; it changes when the set was rebuilt. */
    public String epoch() {
        return key("epoch");
    }

    /**
     * The hash that tells where the watermark stands, for operators and the publisher: {@code at} in epoch milliseconds,
     * {@code entry} its id in the stream, {@code server} the run id and the replication id of the server on which the data
     * set was built, {@code length} how many entries the stream must have, {@code looked} up to which entry the publisher
     * has looked whether each still has its cutoff key, {@code beat} when the publisher last looked and {@code raised} when it
     * last moved the watermark on, {@code rival} when another installation last wanted the data set (these by Redis' clock),
     * {@code tail} and {@code dead} from where on and how thinly entries are spread.
     */
    public String watermark() {
        return key("watermark");
    }

    private String key(String suffix) {
        return '{' + PercentEncoding.encode(prefix) + ':' + PercentEncoding.encode(realm) + "}:" + suffix;
    }
}
