package io.tenantry.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class VerifierSettingsTest {
    private static final URI ISSUER = URI.create("https://id.example/realms/lending");

    private static VerifierSettings.Builder settings() {
        return VerifierSettings.forIssuer(ISSUER).audience("api");
    }

    @Test
    void theDefaultsAreThese() {
        assertThat(settings().build())
                .isEqualTo(new VerifierSettings(
                        ISSUER,
                        new Audience.Required("api"),
                        Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256),
                        "Bearer",
                        Duration.ofSeconds(30),
                        "tenant_id",
                        "tenant_roles",
                        true,
                        8_192,
                        new KeySettings(
                                URI.create("https://id.example/realms/lending/protocol/openid-connect/certs"),
                                false,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofMinutes(5),
                                Duration.ofSeconds(2),
                                Duration.ofHours(4),
                                262_144)));
    }

    @Test
    void whatCannotWorkIsRefusedByName() {
        assertInvalid("audience", () -> VerifierSettings.forIssuer(ISSUER).build());
        assertInvalid("audience", () -> settings().audience(" "));
        assertInvalid(
                "issuer",
                () -> VerifierSettings.forIssuer(URI.create("realms/lending"))
                        .anyAudience()
                        .build());
        assertInvalid("algorithms", () -> settings().algorithms(Set.of()).build());
        assertInvalid("tokenType", () -> settings().tokenType("ID").build());
        assertInvalid("tokenType", () -> settings().tokenType("Refresh").build());
        assertInvalid(
                "clockSkew", () -> settings().clockSkew(Duration.ofSeconds(-1)).build());
        assertInvalid(
                "clockSkew", () -> settings().clockSkew(Duration.ofHours(1)).build());
        assertInvalid("tenantClaim", () -> settings().tenantClaim("").build());
        assertInvalid("rolesClaim", () -> settings().rolesClaim("tenant_id").build());
        assertInvalid(
                "maxTokenLength", () -> settings().maxTokenLength(1_000_000).build());
    }

    @Test
    void keysComeByTlsOrFromThisMachineOrByExpressLeave() {
        URI plain = URI.create("http://keycloak:8080/realms/lending");
        assertInvalid(
                "jwksUri", () -> VerifierSettings.forIssuer(plain).anyAudience().build());
        assertThat(VerifierSettings.forIssuer(plain)
                        .anyAudience()
                        .keys(KeySettings.at(URI.create(plain + "/protocol/openid-connect/certs"), true))
                        .build()
                        .issuer())
                .isEqualTo(plain);
        for (String local : new String[] {"http://localhost:8080/x", "http://127.0.0.1:8080/x", "http://[::1]/x"}) {
            assertThat(KeySettings.at(URI.create(local)).jwksUri()).hasToString(local);
        }
        assertInvalid("jwksUri", () -> KeySettings.at(URI.create("file:///etc/keys")));
        assertInvalid("jwksUri", () -> KeySettings.at(URI.create("http://127.evil.example/x")));
    }

    @Test
    void aPasswordInAnAddressIsNotRepeated() {
        assertThatThrownBy(() -> KeySettings.at(URI.create("https://me:s3cret@id.example/certs")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
    }

    private static void assertInvalid(String setting, ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(setting + " is '");
    }
}
