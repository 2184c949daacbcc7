package io.tenantry.branding;

import io.tenantry.doctor.Finding;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides what is wrong with the brands of a realm: nothing unsafe is shown, but nor is what was meant. */
public final class BrandSetupRules {
    private static final int NAMED = 10;
    private static final int QUOTED = 60;

    private BrandSetupRules() {}

    /** Judges one brand by itself. */
    static Stream<Finding> unusable(String where, BrandRules.Reading reading) {
        return reading.unusable().stream()
                .map(unusable -> Finding.warning(
                        "brand-value-unusable",
                        unusable.attribute().key() + " is not shown: " + quoted(unusable.value())
                                + " is not what it may be.",
                        where,
                        "Write " + unusable.attribute().accepted() + ", or remove it."));
    }

    /** Judges the hosts that a realm lets brands point to. */
    static Stream<Finding> hosts(TrustedHosts trusted, @Nullable String contentSecurityPolicy) {
        Stream<Finding> unusable = trusted.unusable().stream()
                .map(name -> Finding.warning(
                        "brand-host-unusable",
                        quoted(name) + " is no host name, so that no brand can point to it.",
                        "realm attribute " + TrustedHosts.ATTRIBUTE,
                        "Write host names such as images.platform.example, separated by spaces."));
        Stream<Finding> blocked = trusted.hosts().stream()
                .sorted()
                .filter(host -> blocks(contentSecurityPolicy, host))
                .map(host -> Finding.warning(
                        "brand-host-blocked",
                        "Browsers are told not to load logos from " + host + ".",
                        "realm's security defenses, Content-Security-Policy",
                        "Add https://" + host + " to img-src, or remove the host from the realm attribute "
                                + TrustedHosts.ATTRIBUTE + "."));
        return Stream.concat(unusable, blocked);
    }

    /**
     * Judges a realm whose login theme shows no brands.
     *
     * @param branded aliases of organizations that have one
     */
    public static Stream<Finding> notShown(String theme, List<String> branded) {
        if (branded.isEmpty()) {
            return Stream.empty();
        }
        return Stream.of(Finding.warning(
                "brand-not-shown",
                "Tenants have a brand that no page shows, as the login theme " + theme + " shows none: "
                        + branded.stream().limit(NAMED).collect(Collectors.joining(", "))
                        + (branded.size() > NAMED ? ", …" : "") + ".",
                "realm's themes",
                "Choose the login theme tenantry, or one that builds on it, or remove the attributes "
                        + BrandAttribute.PREFIX + "*."));
    }

    private static boolean blocks(@Nullable String policy, String host) {
        if (policy == null) {
            return false;
        }
        List<String> directives = Stream.of(policy.toLowerCase(Locale.ROOT).split(";"))
                .map(String::strip)
                .toList();
        return Stream.of("img-src", "default-src")
                .flatMap(name -> directives.stream()
                        .filter(directive -> directive.equals(name) || directive.startsWith(name + " ")))
                .findFirst()
                .filter(directive -> Stream.of(directive.split("\\s+"))
                        .noneMatch(source -> source.equals("*")
                                || source.equals("https:")
                                || source.equals(host)
                                || source.equals("https://" + host)))
                .isPresent();
    }

    private static String quoted(String value) {
        String text = PlainText.visible(value);
        return '"' + (text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…") + '"';
    }
}
