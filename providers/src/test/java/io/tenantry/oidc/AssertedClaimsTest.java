package io.tenantry.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AssertedClaimsTest {
    @Test
    void addressesComeFromEverySourceAndFromANameThatLooksLikeOne() {
        AssertedClaims claims = claims(
                Map.of("email", "a@bank.example", "preferred_username", "b@bank.example"),
                Map.of("email", "c@bank.example", "mail", List.of("d@bank.example")));

        assertThat(claims.emails(Set.of("mail")))
                .containsOnly("a@bank.example", "b@bank.example", "c@bank.example", "d@bank.example");
        assertThat(claims(Map.of("preferred_username", "ann"), Map.of()).emails(Set.of()))
                .isEmpty();
    }

    @Test
    void addressIsVerifiedOnlyIfSomeSourceSaysSoAndNoneDenies() {
        Map<String, Object> verified = Map.of("email", "a@bank.example", "email_verified", true);
        Map<String, Object> denied = Map.of("email", "a@bank.example", "email_verified", "false");
        Map<String, Object> silent = Map.of("email", "a@bank.example");

        assertThat(claims(verified, silent).unverified(Set.of())).isEmpty();
        assertThat(claims(silent, silent).unverified(Set.of())).containsOnly("a@bank.example");
        assertThat(claims(verified, denied).unverified(Set.of())).containsOnly("a@bank.example");
        assertThat(claims(verified, Map.of("mail", "x@bank.example")).unverified(Set.of("mail")))
                .containsOnly("x@bank.example");
    }

    @Test
    void onlyTheIdTokenSpeaksOfTheSignIn() {
        Map<String, Object> signIn = Map.of("acr", "mfa", "auth_time", 1_700_000_000);

        assertThat(claims(signIn, Map.of()).acr()).isEqualTo("mfa");
        assertThat(claims(signIn, Map.of()).authTime()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(claims(Map.of(), signIn).acr()).isNull();
        assertThat(claims(Map.of(), signIn).authTime()).isNull();
    }

    private static AssertedClaims claims(Map<String, ?> idToken, Map<String, ?> userInfo) {
        return new AssertedClaims(idToken, List.of(userInfo));
    }
}
