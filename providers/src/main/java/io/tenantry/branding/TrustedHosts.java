package io.tenantry.branding;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that a realm lets brands point to, from the realm attribute {@value #ATTRIBUTE}: names, separated by spaces or
 * commas.
 *
 * @param hosts in lower case
 * @param unusable what is no host name
 */
record TrustedHosts(Set<String> hosts, List<String> unusable) {
    /** The realm attribute. */
    static final String ATTRIBUTE = "branding.hosts";

    private static final Pattern HOST =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    TrustedHosts {
        hosts = Set.copyOf(hosts);
        unusable = List.copyOf(unusable);
    }

    static TrustedHosts parse(@Nullable String text) {
        List<String> named = text == null
                ? List.of()
                : Arrays.stream(text.toLowerCase(Locale.ROOT).split("[\\s,]+"))
                        .filter(name -> !name.isEmpty())
                        .toList();
        Predicate<String> host = HOST.asMatchPredicate();
        return new TrustedHosts(
                named.stream().filter(host).collect(Collectors.toUnmodifiableSet()),
                named.stream().filter(host.negate()).toList());
    }

    boolean contains(String host) {
        return hosts.contains(host);
    }
}
