package io.tenantry.branding;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides what of a brand is shown. Attributes of an organization are written by the lender's own administrators, so
 * that a value counts only if it has the form asked for; any other is as if it were not there.
 */
final class BrandRules {
    /** Names go into headings, titles and mails. */
    private static final int LONGEST_NAME = 60;

    /** The width of the column that holds an attribute. */
    private static final int LONGEST = 255;

    private static final int MOST_LEGAL_LINES = 4;

    private static final Pattern FILE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}[.](svg|png|webp)");
    private static final Pattern WEB = Pattern.compile("https://([a-z0-9.-]{1,100})(/[A-Za-z0-9._~/%=?&#+,;:@!$-]*)?");
    private static final Pattern MAIL = Pattern.compile("mailto:[A-Za-z0-9._+-]{1,64}@([a-z0-9.-]{1,100})");
    private static final Pattern PHONE = Pattern.compile("tel:[+][0-9-]{4,20}");

    private final Predicate<String> linkHosts;
    private final Predicate<String> logoHosts;

    private BrandRules(Predicate<String> linkHosts, Predicate<String> logoHosts) {
        this.linkHosts = linkHosts;
        this.logoHosts = logoHosts;
    }

    /**
     * For a lender in a realm that it shares.
     *
     * @param domains its own, where {@code *.x} stands for all below x
     */
    static BrandRules ofLender(Set<String> domains, TrustedHosts trusted) {
        return new BrandRules(host -> trusted.contains(host) || within(domains, host), trusted::contains);
    }

    /** For a realm, whose administrators could change its pages anyway: links go where they say. */
    static BrandRules ofRealm(TrustedHosts trusted) {
        return new BrandRules(host -> true, trusted::contains);
    }

    /** What was read, and what was left out of it. */
    record Reading(Brand brand, List<Unusable> unusable) {
        Reading {
            unusable = List.copyOf(unusable);
        }
    }

    /** A value that is not shown. */
    record Unusable(BrandAttribute attribute, String value) {}

    /**
     * Reads a brand.
     *
     * @param name what to call it where the attributes do not say
     * @param attributes by name; others than a brand's are not looked at
     */
    Reading read(String name, Map<String, List<String>> attributes) {
        List<Unusable> unusable = new ArrayList<>();
        Map<BrandAttribute, List<String>> usable = new EnumMap<>(BrandAttribute.class);
        for (BrandAttribute attribute : BrandAttribute.values()) {
            List<String> good = new ArrayList<>();
            for (String value : attributes.getOrDefault(attribute.key(), List.of())) {
                if (value.isBlank()) {
                    continue;
                }
                if (good.size() < most(attribute) && accepts(attribute, value)) {
                    good.add(value);
                } else {
                    unusable.add(new Unusable(attribute, value));
                }
            }
            usable.put(attribute, good);
        }
        Function<BrandAttribute, Optional<String>> first =
                attribute -> usable.getOrDefault(attribute, List.of()).stream().findFirst();
        Function<BrandAttribute, Optional<Rgb>> color =
                attribute -> first.apply(attribute).flatMap(Rgb::parse);
        Brand brand = new Brand(
                first.apply(BrandAttribute.NAME).orElseGet(() -> shown(name)),
                first.apply(BrandAttribute.LOGO).orElse(null),
                first.apply(BrandAttribute.SUPPORT).orElse(null),
                first.apply(BrandAttribute.PRIVACY).orElse(null),
                usable.getOrDefault(BrandAttribute.LEGAL, List.of()),
                Palette.of(
                        color.apply(BrandAttribute.COLOR).orElse(Palette.PLATFORM_BRAND),
                        color.apply(BrandAttribute.COLOR_DARK),
                        color.apply(BrandAttribute.BACKGROUND),
                        color.apply(BrandAttribute.BACKGROUND_DARK)));
        return new Reading(brand, unusable);
    }

    private static int most(BrandAttribute attribute) {
        return attribute == BrandAttribute.LEGAL ? MOST_LEGAL_LINES : 1;
    }

    private boolean accepts(BrandAttribute attribute, String value) {
        return switch (attribute) {
            case NAME -> value.length() <= LONGEST_NAME && isText(value);
            case LEGAL -> value.length() <= LONGEST && isText(value);
            case COLOR, COLOR_DARK, BACKGROUND, BACKGROUND_DARK ->
                Rgb.parse(value).isPresent();
            case LOGO -> FILE.matcher(value).matches() || (value.length() <= LONGEST && hosted(WEB, value, logoHosts));
            case PRIVACY -> value.length() <= LONGEST && hosted(WEB, value, linkHosts);
            case SUPPORT ->
                value.length() <= LONGEST
                        && (hosted(WEB, value, linkHosts)
                                || hosted(MAIL, value, linkHosts)
                                || PHONE.matcher(value).matches());
        };
    }

    private static boolean hosted(Pattern form, String value, Predicate<String> hosts) {
        Matcher parts = form.matcher(value);
        return parts.matches() && hosts.test(parts.group(1));
    }

    /** A wildcard domain stands for its base too, as Keycloak reads it. */
    private static boolean within(Set<String> domains, String host) {
        return domains.stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .map(domain -> domain.startsWith("*.") ? domain.substring(2) : domain)
                .anyMatch(domain -> host.equals(domain) || host.endsWith('.' + domain));
    }

    /** Text that shows what it is: nothing invisible, and nothing that reverses what follows. */
    private static boolean isText(String value) {
        return value.codePoints().allMatch(PlainText::shows);
    }

    private static String shown(String name) {
        String visible = PlainText.visible(name);
        return visible.isBlank() ? "?" : visible;
    }
}
