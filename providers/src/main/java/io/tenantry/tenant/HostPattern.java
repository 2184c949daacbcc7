package io.tenantry.tenant;

import io.tenantry.settings.InvalidSettingException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How host names stand for tenants: the realm attribute {@value #ATTRIBUTE}, a host name with
 * {@value #PLACEHOLDER} as its first label, such as <code>{tenant}.login.example</code>.
 *
 * @param suffix what follows the tenant, with its leading dot, in lower case
 */
public record HostPattern(String suffix) {
    /** The realm attribute. */
    public static final String ATTRIBUTE = "tenant.host.pattern";

    private static final String PLACEHOLDER = "{tenant}";

    public HostPattern {
        if (!suffix.startsWith(".") || suffix.length() < 2 || suffix.contains("{")) {
            throw new InvalidSettingException(
                    ATTRIBUTE, PLACEHOLDER + suffix, "write a host name whose first label is " + PLACEHOLDER);
        }
    }

    /**
     * Reads the attribute.
     *
     * @throws InvalidSettingException if it is no pattern
     */
    public static Optional<HostPattern> parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        String pattern = text.strip();
        if (!pattern.startsWith(PLACEHOLDER)) {
            throw new InvalidSettingException(
                    ATTRIBUTE, pattern, "write a host name whose first label is " + PLACEHOLDER);
        }
        return Optional.of(
                new HostPattern(pattern.substring(PLACEHOLDER.length()).toLowerCase(Locale.ROOT)));
    }

    /** The tenant that a host name stands for; empty for the bare domain and for other hosts. */
    public Optional<TenantId> tenantOf(@Nullable String host) {
        if (host == null) {
            return Optional.empty();
        }
        String name = host.toLowerCase(Locale.ROOT);
        if (!name.endsWith(suffix) || name.length() == suffix.length()) {
            return Optional.empty();
        }
        String label = name.substring(0, name.length() - suffix.length());
        return label.indexOf('.') >= 0 || label.length() > TenantId.MAX_LENGTH
                ? Optional.empty()
                : Optional.of(new TenantId(label));
    }
}
