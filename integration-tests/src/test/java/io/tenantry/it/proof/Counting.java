package io.tenantry.it.proof;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * For which lenders a proof counts.
 *
 * @param anywhere for all
 * @param organizations else for these, by internal id: one that is founded again is another
 */
record Counting(boolean anywhere, Set<String> organizations) {
    static final Counting ANYWHERE = new Counting(true, Set.of());
    static final Counting NOWHERE = new Counting(false, Set.of());

    Counting {
        organizations = Set.copyOf(organizations);
    }

    static Counting within(String organization) {
        return new Counting(false, Set.of(organization));
    }

    boolean covers(String organization) {
        return anywhere || organizations.contains(organization);
    }

    boolean coversAll(Collection<String> all) {
        return all.stream().allMatch(this::covers);
    }

    Counting and(Counting other) {
        if (anywhere) {
            return other;
        }
        return new Counting(false, organizations.stream().filter(other::covers).collect(Collectors.toSet()));
    }

    Counting or(Counting other) {
        return anywhere || other.anywhere
                ? ANYWHERE
                : new Counting(
                        false,
                        Stream.concat(organizations.stream(), other.organizations.stream())
                                .collect(Collectors.toSet()));
    }
}
