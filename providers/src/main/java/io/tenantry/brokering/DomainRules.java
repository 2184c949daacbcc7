package io.tenantry.brokering;

import io.tenantry.doctor.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds domains that two tenants claim. */
final class DomainRules {
    private static final String WILDCARD = "*.";

    private DomainRules() {}

    /**
     * Compares every tenant's claims with every other's.
     *
     * @param claims domains and patterns by tenant id, those of its identity providers' rules included
     */
    static Stream<Finding> check(Map<String, Collection<String>> claims) {
        List<String> tenants = new ArrayList<>(new TreeSet<>(claims.keySet()));
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < tenants.size(); i++) {
            for (String other : tenants.subList(i + 1, tenants.size())) {
                String one = tenants.get(i);
                shared(claims.getOrDefault(one, Set.of()), claims.getOrDefault(other, Set.of()))
                        .map(domain -> finding(one, other, domain))
                        .forEach(findings::add);
            }
        }
        return findings.stream();
    }

    private static Stream<String> shared(Collection<String> ones, Collection<String> others) {
        return ones.stream()
                .flatMap(one -> others.stream()
                        .filter(other -> covers(one, other) || covers(other, one))
                        .map(other -> one.equalsIgnoreCase(other) ? one : one + " and " + other))
                .distinct();
    }

    private static boolean covers(String pattern, String domain) {
        String wide = pattern.toLowerCase(Locale.ROOT);
        String narrow = domain.toLowerCase(Locale.ROOT);
        String base = narrow.startsWith(WILDCARD) ? narrow.substring(WILDCARD.length()) : narrow;
        return wide.equals(narrow)
                || (wide.startsWith(WILDCARD) && (base.equals(wide.substring(2)) || base.endsWith(wide.substring(1))));
    }

    private static Finding finding(String one, String other, String domain) {
        return Finding.error(
                "domain-of-two-tenants",
                "The email domain " + domain + " is claimed by two tenants, so that either's identity provider vouches"
                        + " for the other's people.",
                "organizations " + one + " and " + other,
                "Leave the domain to one of them.");
    }
}
