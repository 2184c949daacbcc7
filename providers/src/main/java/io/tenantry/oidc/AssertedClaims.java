package io.tenantry.oidc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an OpenID provider said.
 *
 * @param idToken the claims of the verified ID token
 * @param others those of other verified sources: the access token, userinfo
 */
record AssertedClaims(Map<String, ?> idToken, List<Map<String, ?>> others) {
    private static final String EMAIL = "email";
    private static final String EMAIL_VERIFIED = "email_verified";
    private static final String PREFERRED_USERNAME = "preferred_username";

    /** All top-level claims as texts. */
    Map<String, List<String>> texts() {
        Map<String, List<String>> all = new HashMap<>();
        sources()
                .forEach(source -> source.forEach((name, value) ->
                        all.computeIfAbsent(name, unused -> new ArrayList<>()).addAll(texts(value))));
        return all;
    }

    /**
     * Every address: the email of each source, other claims that become one here, and a name that looks like one.
     *
     * @param otherClaims names of those others
     */
    Set<String> emails(Set<String> otherClaims) {
        Set<String> emails = new LinkedHashSet<>(emailsOnly(otherClaims));
        texts().getOrDefault(PREFERRED_USERNAME, List.of()).stream()
                .filter(name -> name.indexOf('@') >= 0)
                .forEach(emails::add);
        return emails;
    }

    /** Those of the addresses that no source says to be verified, or any says not to be. */
    Set<String> unverified(Set<String> otherClaims) {
        Set<String> verified = new HashSet<>();
        Set<String> denied = new HashSet<>();
        sources().forEach(source -> {
            boolean says = "true".equals(String.valueOf(source.get(EMAIL_VERIFIED)));
            (says ? verified : denied)
                    .addAll(source.containsKey(EMAIL_VERIFIED) ? texts(source.get(EMAIL)) : List.of());
        });
        Set<String> unverified = new LinkedHashSet<>(emailsOnly(otherClaims));
        unverified.removeIf(email -> verified.contains(email) && !denied.contains(email));
        return unverified;
    }

    /** How the person signed in; only the ID token speaks of this sign-in. */
    @Nullable String acr() {
        return idToken.get("acr") instanceof String acr ? acr : null;
    }

    /** When the person signed in. */
    @Nullable Instant authTime() {
        return idToken.get("auth_time") instanceof Number seconds ? Instant.ofEpochSecond(seconds.longValue()) : null;
    }

    private Set<String> emailsOnly(Set<String> otherClaims) {
        Map<String, List<String>> all = texts();
        Set<String> emails = new LinkedHashSet<>(all.getOrDefault(EMAIL, List.of()));
        otherClaims.forEach(claim -> emails.addAll(all.getOrDefault(claim, List.of())));
        return emails;
    }

    private Stream<Map<String, ?>> sources() {
        return Stream.concat(Stream.of(idToken), others.stream());
    }

    private static List<String> texts(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        return value instanceof Collection<?> many
                ? many.stream().map(String::valueOf).toList()
                : List.of(value.toString());
    }
}
