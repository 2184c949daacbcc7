package io.tenantry.settings;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who gets Security Event Tokens (RFC 8417) with the revocations: server options of the event listener
 * {@code redis-revocations} as {@link PublisherSettings} are. Without {@code security-events} none are made.
 *
 * @param audience who receives them: 1 to 16 names of 1 to 255 printable ASCII characters without space and comma, such as
 *     URLs
 */
public record SecurityEventSettings(List<String> audience) {
    /** {@code true} or {@code false}, the default. */
    public static final String SECURITY_EVENTS = "security-events";

    /** The tokens' {@code aud}: one name, or several separated by commas; needed with {@value #SECURITY_EVENTS}. */
    public static final String AUDIENCE = "security-events-audience";

    private static final int MAX_AUDIENCE = 16;
    private static final Pattern NAME = Pattern.compile("[!-+\\--~]{1,255}");

    /**
     * Checks the names.
     *
     * @throws InvalidSettingException naming the option
     */
    public SecurityEventSettings {
        audience = List.copyOf(audience);
        if (audience.isEmpty()
                || audience.size() > MAX_AUDIENCE
                || !audience.stream().allMatch(name -> NAME.matcher(name).matches())) {
            throw invalid(
                    AUDIENCE,
                    String.join(",", audience),
                    "name who receives the events, 1 to " + MAX_AUDIENCE
                            + " names of up to 255 characters separated by commas, as in "
                            + PublisherSettings.OPTION_PREFIX + AUDIENCE + "=https://receiver.example");
        }
    }

    /**
     * Reads the options; null if no events are wanted.
     *
     * @param options an option's short name to its text, or null where it is not set
     * @throws InvalidSettingException naming the option
     */
    public static @Nullable SecurityEventSettings from(Function<String, @Nullable String> options) {
        String wanted = options.apply(SECURITY_EVENTS);
        String audience = options.apply(AUDIENCE);
        if (wanted == null || wanted.trim().equals("false")) {
            if (audience != null && !audience.isBlank()) {
                throw invalid(
                        AUDIENCE,
                        audience,
                        "no events are made; set " + PublisherSettings.OPTION_PREFIX + SECURITY_EVENTS
                                + "=true too, or remove the audience");
            }
            return null;
        }
        if (!wanted.trim().equals("true")) {
            throw invalid(SECURITY_EVENTS, wanted, "write true or false");
        }
        return new SecurityEventSettings(
                audience == null || audience.isBlank()
                        ? List.of()
                        : Arrays.stream(audience.split(",", -1))
                                .map(String::trim)
                                .toList());
    }

    private static InvalidSettingException invalid(String name, String value, String remedy) {
        return new InvalidSettingException(PublisherSettings.OPTION_PREFIX + name, value, remedy);
    }
}
