package io.tenantry.settings;

import io.tenantry.contract.RedisKeys;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The server options of the event listener {@code redis-revocations}, each written as
 * {@code --spi-events-listener--redis-revocations--<name>}.
 *
 * <p>Without {@code uri} the server starts: the jar may be there for its other parts. A realm that switches the listener
 * on regardless still has its revocations detected and stored, they are published once a URI is given, the server's log
 * says so at every start, and no watermark is written, so that no consumer can take its replica for current.
 *
 * @param address where Redis is, or null if no URI is given
 * @param credentials who logs in there, or null for nobody
 * @param prefix what sets this installation's keys apart: 1 to 64 letters, digits, '-', '_', '.'
 * @param publishTimeout the longest a request waits for Redis: 10 ms to 10 s
 * @param clockSkew how far a consumer's clock may be off, its own leeway for {@code exp} included: 0 to 1 h
 */
public record PublisherSettings(
        @Nullable RedisAddress address,
        @Nullable Credentials credentials,
        String prefix,
        Duration publishTimeout,
        Duration clockSkew) {
    /** What stands before every option's name. */
    public static final String OPTION_PREFIX = "--spi-events-listener--redis-revocations--";

    /** A URI in one of the forms of {@code redis:}, {@code redis-sentinel:} and {@code redis-cluster:}. */
    public static final String URI = "uri";

    /** The ACL user; needs {@value #PASSWORD}. */
    public static final String USERNAME = "username";

    /** The password, unless it stands in the URI. */
    public static final String PASSWORD = "password";

    /** The keys' prefix. */
    public static final String PREFIX = "prefix";

    /** In milliseconds. */
    public static final String PUBLISH_TIMEOUT = "publish-timeout";

    /** In seconds. */
    public static final String CLOCK_SKEW = "clock-skew";

    /** The default of {@value #PUBLISH_TIMEOUT}. */
    public static final Duration DEFAULT_PUBLISH_TIMEOUT = Duration.ofMillis(250);

    /** The default of {@value #CLOCK_SKEW}: what most token verifiers allow. */
    public static final Duration DEFAULT_CLOCK_SKEW = Duration.ofSeconds(60);

    private static final Duration MIN_PUBLISH_TIMEOUT = Duration.ofMillis(10);
    private static final Duration MAX_PUBLISH_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MAX_CLOCK_SKEW = Duration.ofHours(1);
    private static final Pattern ALLOWED_PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * Checks the ranges.
     *
     * @throws InvalidSettingException naming the option
     */
    public PublisherSettings {
        if (!ALLOWED_PREFIX.matcher(prefix).matches()) {
            throw invalid(PREFIX, prefix, "write 1 to 64 letters, digits, '-', '_' or '.'");
        }
        if (publishTimeout.compareTo(MIN_PUBLISH_TIMEOUT) < 0 || publishTimeout.compareTo(MAX_PUBLISH_TIMEOUT) > 0) {
            throw invalid(
                    PUBLISH_TIMEOUT,
                    Long.toString(publishTimeout.toMillis()),
                    "write milliseconds from " + MIN_PUBLISH_TIMEOUT.toMillis() + " to "
                            + MAX_PUBLISH_TIMEOUT.toMillis());
        }
        if (clockSkew.isNegative() || clockSkew.compareTo(MAX_CLOCK_SKEW) > 0) {
            throw invalid(
                    CLOCK_SKEW,
                    Long.toString(clockSkew.toSeconds()),
                    "write seconds from 0 to " + MAX_CLOCK_SKEW.toSeconds());
        }
        if (address == null && credentials != null) {
            throw invalid(URI, "", "a password is set but no server to use it on; set the URI, or remove the password");
        }
    }

    /**
     * Reads the options.
     *
     * @param options an option's short name to its text, or null where it is not set
     * @throws InvalidSettingException naming the option
     */
    public static PublisherSettings from(Function<String, @Nullable String> options) {
        String uriText = options.apply(URI);
        RedisUri uri = uriText == null || uriText.isBlank() ? null : parseUri(uriText.trim());
        String prefix = options.apply(PREFIX);
        return new PublisherSettings(
                uri == null ? null : uri.address(),
                credentials(uri, options.apply(USERNAME), options.apply(PASSWORD)),
                prefix == null ? RedisKeys.DEFAULT_PREFIX : prefix,
                duration(options, PUBLISH_TIMEOUT, DEFAULT_PUBLISH_TIMEOUT, Duration::ofMillis),
                duration(options, CLOCK_SKEW, DEFAULT_CLOCK_SKEW, Duration::ofSeconds));
    }

    private static RedisUri parseUri(String text) {
        try {
            return RedisUri.parse(text);
        } catch (IllegalArgumentException e) {
            throw invalid(URI, RedisUri.redact(text), e.getMessage() + "; " + RedisUri.REMEDY);
        }
    }

    private static @Nullable Credentials credentials(
            @Nullable RedisUri uri, @Nullable String username, @Nullable String password) {
        if (password == null || password.isEmpty()) {
            if (username != null && !username.isEmpty()) {
                throw invalid(USERNAME, username, "set " + OPTION_PREFIX + PASSWORD + " too, or remove the user");
            }
            return uri == null ? null : uri.credentials();
        }
        if (uri != null && uri.credentials() != null) {
            throw invalid(PASSWORD, "***", "the URI holds a password as well; remove one of them");
        }
        return new Credentials(username == null || username.isEmpty() ? null : username, password);
    }

    private static Duration duration(
            Function<String, @Nullable String> options,
            String name,
            Duration defaultValue,
            Function<Long, Duration> unit) {
        String text = options.apply(name);
        if (text == null) {
            return defaultValue;
        }
        try {
            return unit.apply(Long.parseLong(text.trim()));
        } catch (NumberFormatException | ArithmeticException e) {
            throw invalid(
                    name,
                    text,
                    "write a whole number, as in " + OPTION_PREFIX + name + "="
                            + (name.equals(CLOCK_SKEW) ? defaultValue.toSeconds() : defaultValue.toMillis()));
        }
    }

    private static InvalidSettingException invalid(String name, String value, String remedy) {
        return new InvalidSettingException(OPTION_PREFIX + name, value, remedy);
    }
}
