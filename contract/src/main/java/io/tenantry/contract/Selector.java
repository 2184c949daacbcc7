package io.tenantry.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens a revocation covers: a kind and its parts.
 *
 * @param kind what is selected
 * @param parts as many non-empty values as {@link RevocationKind#arity()} says, in the order documented there
 */
public record Selector(RevocationKind kind, List<String> parts) {
    /**
     * The longest a part may be, in characters. Keycloak's own ids are far shorter; the bound keeps a hostile token from
     * becoming a large key.
     */
    public static final int MAX_PART_LENGTH = 512;

    private static final String SEPARATOR = ":";

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if the number of parts is wrong, or one is empty or too long
     */
    public Selector {
        parts = List.copyOf(parts);
        if (parts.size() != kind.arity()) {
            throw new IllegalArgumentException(
                    "a '" + kind.wireName() + "' selector has " + kind.arity() + " parts, not " + parts.size());
        }
        for (String part : parts) {
            if (part.isEmpty() || part.length() > MAX_PART_LENGTH) {
                throw new IllegalArgumentException("a part of a '" + kind.wireName() + "' selector has " + part.length()
                        + " characters; 1 to " + MAX_PART_LENGTH + " are allowed");
            }
        }
    }

    public static Selector jti(String tokenId) {
        return new Selector(RevocationKind.JTI, List.of(tokenId));
    }

    public static Selector sid(String sessionId) {
        return new Selector(RevocationKind.SID, List.of(sessionId));
    }

    public static Selector sub(String userId) {
        return new Selector(RevocationKind.SUB, List.of(userId));
    }

    public static Selector member(String tenantId, String userId) {
        return new Selector(RevocationKind.MEMBER, List.of(tenantId, userId));
    }

    public static Selector tenant(String tenantId) {
        return new Selector(RevocationKind.TENANT, List.of(tenantId));
    }

    public static Selector grant(String clientId, String userId) {
        return new Selector(RevocationKind.GRANT, List.of(clientId, userId));
    }

    public static Selector azp(String clientId) {
        return new Selector(RevocationKind.AZP, List.of(clientId));
    }

    public static Selector realm() {
        return new Selector(RevocationKind.REALM, List.of());
    }

    /**
     * Every selector under which a token with these claims could be revoked; a claim that the token does not carry adds
     * none.
     *
     * @throws IllegalArgumentException if a claim is empty or too long
     */
    public static List<Selector> ofToken(
            @Nullable String jti,
            @Nullable String sid,
            @Nullable String sub,
            @Nullable String tenantId,
            @Nullable String azp) {
        List<Selector> selectors = new ArrayList<>(RevocationKind.values().length);
        selectors.add(realm());
        if (jti != null) {
            selectors.add(jti(jti));
        }
        if (sid != null) {
            selectors.add(sid(sid));
        }
        if (sub != null) {
            selectors.add(sub(sub));
        }
        if (tenantId != null) {
            selectors.add(tenant(tenantId));
        }
        if (azp != null) {
            selectors.add(azp(azp));
        }
        if (tenantId != null && sub != null) {
            selectors.add(member(tenantId, sub));
        }
        if (azp != null && sub != null) {
            selectors.add(grant(azp, sub));
        }
        return List.copyOf(selectors);
    }

    /** The parts, each percent-encoded, joined by colons; empty for {@link RevocationKind#REALM}. */
    public String encodedParts() {
        return parts.stream().map(PercentEncoding::encode).collect(Collectors.joining(SEPARATOR));
    }

    /**
     * Reads what {@link #encodedParts()} wrote.
     *
     * @throws MalformedEntryException if it could not have
     */
    public static Selector parse(RevocationKind kind, String encodedParts) {
        List<String> parts = encodedParts.isEmpty()
                ? List.of()
                : Stream.of(encodedParts.split(SEPARATOR, -1))
                        .map(PercentEncoding::decode)
                        .toList();
        try {
            return new Selector(kind, parts);
        } catch (IllegalArgumentException e) {
            throw new MalformedEntryException(e);
        }
    }
}
