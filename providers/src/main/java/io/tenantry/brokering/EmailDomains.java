package io.tenantry.brokering;

import io.tenantry.settings.InvalidSettingException;
import java.net.IDN;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The email domains that a provider may vouch for. A pattern {@code *.x} stands for x and for everything below it, as
 * in an organization's domains.
 */
public final class EmailDomains {
    private static final String WILDCARD = "*.";
    private static final int LONGEST_ADDRESS = 254;

    private final Set<String> patterns;

    private EmailDomains(Set<String> patterns) {
        this.patterns = patterns;
    }

    /**
     * Reads patterns.
     *
     * @param setting where they were written, for the error
     * @throws InvalidSettingException if one is not a domain
     */
    public static EmailDomains of(String setting, Collection<String> patterns) {
        return new EmailDomains(
                patterns.stream().map(text -> pattern(setting, text)).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether nothing is allowed. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Whether an address is well-formed and in an allowed domain. */
    public boolean allow(String address) {
        return domainOf(address).filter(this::matches).isPresent();
    }

    private boolean matches(String domain) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.startsWith(WILDCARD)
                        ? domain.equals(pattern.substring(WILDCARD.length())) || domain.endsWith(pattern.substring(1))
                        : domain.equals(pattern));
    }

    /**
     * The domain in lower-case ASCII; empty for what mail programs could read in two ways: quoted local parts, a second
     * {@code @}, white space, control characters, a trailing dot.
     */
    private static Optional<String> domainOf(String address) {
        int at = address.indexOf('@');
        boolean plain = address.length() <= LONGEST_ADDRESS
                && at > 0
                && at == address.lastIndexOf('@')
                && address.chars()
                        .noneMatch(c -> Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || Character.isISOControl(c)
                                || "\"(),:;<>[\\]".indexOf(c) >= 0);
        return plain ? ascii(address.substring(at + 1)) : Optional.empty();
    }

    private static Optional<String> ascii(String domain) {
        try {
            String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            boolean complete = !ascii.isEmpty() && !ascii.startsWith(".") && !ascii.endsWith(".");
            return complete ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException notADomain) {
            return Optional.empty();
        }
    }

    private static String pattern(String setting, String text) {
        String trimmed = text.trim();
        String prefix = trimmed.startsWith(WILDCARD) ? WILDCARD : "";
        return ascii(trimmed.substring(prefix.length()))
                .map(domain -> prefix + domain)
                .orElseThrow(() -> new InvalidSettingException(
                        setting,
                        text,
                        "write a domain such as lender.example, or *.lender.example with its subdomains"));
    }
}
