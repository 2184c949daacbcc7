package io.tenantry.brokering;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an identity provider says of a person, whatever protocol it speaks.
 *
 * @param tenant whose people the provider vouches for
 * @param emails every address that it asserts, from wherever in the message an account's address could come
 * @param attributes all values by name
 * @param context how the person signed in there
 * @param authenticatedAt when
 * @param account what this realm already knows of the person
 * @param linkOnlySignIn whether the message would sign somebody in through a provider that may only be linked
 */
public record Vouching(
        Optional<BoundTenant> tenant,
        Set<String> emails,
        Map<String, List<String>> attributes,
        @Nullable String context,
        @Nullable Instant authenticatedAt,
        Account account,
        boolean linkOnlySignIn) {

    /** What this realm already knows of the person. */
    public enum Account {
        /** Nobody with this identity or address. */
        NONE,
        /** An account that this provider's identity is not linked to, but may become. */
        LINKABLE,
        /** A linked account that is a member of the provider's tenant. */
        MEMBER,
        /** A linked account that is a member of no tenant. */
        WITHOUT_TENANT,
        /** A linked account that is a member of other tenants only. */
        FOREIGN
    }

    /** The most attribute values that a message may carry. */
    public static final int MAX_VALUES = 1_000;

    /** The longest attribute value, in characters. */
    public static final int MAX_VALUE_LENGTH = 4_096;

    /** Copies what is mutable. */
    public Vouching {
        emails = Set.copyOf(emails);
        attributes = Map.copyOf(attributes);
    }

    boolean withinBounds() {
        return attributes.values().stream().mapToInt(List::size).sum() <= MAX_VALUES
                && attributes.values().stream()
                        .flatMap(List::stream)
                        .allMatch(value -> value.length() <= MAX_VALUE_LENGTH);
    }
}
