package io.tenantry.proof;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** For which tenants a proof of who somebody is counts. */
public sealed interface Trust {
    /** For all: a credential of one's own, or a provider of the whole realm. */
    static Trust anywhere() {
        return new Anywhere();
    }

    /** For none: what cannot be understood. */
    static Trust nowhere() {
        return new Within(Set.of());
    }

    /** Whether it counts for the tenant of the organization with this internal id. */
    boolean covers(String organizationId);

    /** What counts for as many tenants as both do. */
    Trust and(Trust other);

    /** What counts for as many tenants as either does. */
    Trust or(Trust other);

    /** For storing; {@link #parse} reads it. */
    String text();

    /** Whether it counts for all of these. */
    default boolean coversAll(Collection<String> organizationIds) {
        return organizationIds.stream().allMatch(this::covers);
    }

    /** Reads what was stored; counts nowhere if it is something else. */
    static Trust parse(String text) {
        if (text.equals(Anywhere.TEXT)) {
            return anywhere();
        }
        List<String> lines = text.lines().toList();
        return lines.isEmpty() || !lines.get(0).equals(Within.TEXT)
                ? nowhere()
                : new Within(lines.stream().skip(1).collect(Collectors.toUnmodifiableSet()));
    }

    /** For all tenants. */
    record Anywhere() implements Trust {
        private static final String TEXT = "anywhere";

        @Override
        public boolean covers(String organizationId) {
            return true;
        }

        @Override
        public Trust and(Trust other) {
            return other;
        }

        @Override
        public Trust or(Trust other) {
            return this;
        }

        @Override
        public String text() {
            return TEXT;
        }
    }

    /**
     * For these tenants alone.
     *
     * @param organizations internal ids
     */
    record Within(Set<String> organizations) implements Trust {
        private static final String TEXT = "within";

        public Within {
            organizations = Set.copyOf(organizations);
        }

        @Override
        public boolean covers(String organizationId) {
            return organizations.contains(organizationId);
        }

        @Override
        public Trust or(Trust other) {
            return other instanceof Within more
                    ? new Within(Stream.concat(organizations.stream(), more.organizations.stream())
                            .collect(Collectors.toUnmodifiableSet()))
                    : other.or(this);
        }

        @Override
        public Trust and(Trust other) {
            return new Within(organizations.stream().filter(other::covers).collect(Collectors.toUnmodifiableSet()));
        }

        @Override
        public String text() {
            return organizations.isEmpty() ? TEXT : TEXT + "\n" + String.join("\n", new TreeSet<>(organizations));
        }
    }
}
