package io.tenantry.verifier;

import io.tenantry.contract.TenantClaims;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TenantTokenVerifier} demands of a token.
 *
 * @param issuer the realm's issuer exactly as tokens carry it, such as {@code https://id.example/realms/lending}
 * @param audience required or waived
 * @param algorithms at least one; default RS256, PS256, ES256
 * @param tokenType the claim {@code typ}; default {@value #ACCESS_TOKEN}. The types of Keycloak's ID, refresh, offline and
 *     logout tokens are not allowed here
 * @param clockSkew how far this machine's clock may be from Keycloak's; 0 to 5 minutes, default 30 s. Not more than the
 *     publisher's {@code clock-skew}: a revocation is forgotten when no token can need it by the publisher's reckoning
 * @param tenantClaim default {@value TenantClaims#TENANT_ID}
 * @param rolesClaim default {@value TenantClaims#TENANT_ROLES}
 * @param tenantRequired whether a token without a tenant is refused; default true
 * @param maxTokenLength in characters, 256 to 65,536; default 8,192
 * @param keys where the keys come from; default the issuer's {@code /protocol/openid-connect/certs}
 */
public record VerifierSettings(
        URI issuer,
        Audience audience,
        Set<SignatureAlgorithm> algorithms,
        String tokenType,
        Duration clockSkew,
        String tenantClaim,
        String rolesClaim,
        boolean tenantRequired,
        int maxTokenLength,
        KeySettings keys) {
    /** The claim {@code typ} of Keycloak's access tokens. */
    public static final String ACCESS_TOKEN = "Bearer";

    private static final Set<String> NEVER_ACCESS_TOKENS = Set.of("ID", "Refresh", "Offline", "Logout", "DPoP");
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is out of its bounds; the message names it, its value and the remedy
     */
    public VerifierSettings {
        // The issuer is only compared, never fetched: plain http is the keys' concern
        Settings.requireHttp("issuer", issuer, true);
        algorithms = Set.copyOf(algorithms);
        if (algorithms.isEmpty()) {
            throw Settings.invalid("algorithms", algorithms, "name at least one");
        }
        if (tokenType.isBlank() || NEVER_ACCESS_TOKENS.contains(tokenType)) {
            throw Settings.invalid(
                    "tokenType", tokenType, "name a type of access token; Keycloak's is '" + ACCESS_TOKEN + "'");
        }
        Settings.requireBetween("clockSkew", clockSkew, Duration.ZERO, MAX_CLOCK_SKEW);
        Settings.requireClaimName("tenantClaim", tenantClaim);
        Settings.requireClaimName("rolesClaim", rolesClaim);
        if (tenantClaim.equals(rolesClaim)) {
            throw Settings.invalid("rolesClaim", rolesClaim, "it cannot be the tenantClaim as well");
        }
        Settings.requireBetween("maxTokenLength", maxTokenLength, 256, 65_536);
    }

    /**
     * Checks that the issuer is this realm: Keycloak's end with {@code /realms/} and the realm's name.
     *
     * @throws IllegalArgumentException if it is another's
     */
    void requireRealm(String realm) {
        if (!issuer.getPath().endsWith("/realms/" + realm)) {
            throw Settings.invalid(
                    "issuer",
                    issuer,
                    "the revocations are those of the realm '" + realm + "'; follow the issuer's own");
        }
    }

    /** Starts from the defaults for the realm with this issuer; the audience is still to be said. */
    public static Builder forIssuer(URI issuer) {
        return new Builder(issuer);
    }

    /** Collects what differs from the defaults. */
    public static final class Builder {
        private final URI issuer;
        private @Nullable Audience audience;
        private Set<SignatureAlgorithm> algorithms =
                EnumSet.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256);
        private String tokenType = ACCESS_TOKEN;
        private Duration clockSkew = Duration.ofSeconds(30);
        private String tenantClaim = TenantClaims.TENANT_ID;
        private String rolesClaim = TenantClaims.TENANT_ROLES;
        private boolean tenantRequired = true;
        private int maxTokenLength = 8_192;
        private @Nullable KeySettings keys;

        private Builder(URI issuer) {
            // Before the address of the keys is made of it
            Settings.requireHttp("issuer", issuer, true);
            this.issuer = issuer;
        }

        /** Tokens must be meant for this audience. */
        public Builder audience(String value) {
            this.audience = new Audience.Required(value);
            return this;
        }

        /** Tokens for any audience are accepted. */
        public Builder anyAudience() {
            this.audience = new Audience.Waived();
            return this;
        }

        public Builder algorithms(Set<SignatureAlgorithm> value) {
            this.algorithms = value;
            return this;
        }

        public Builder tokenType(String value) {
            this.tokenType = value;
            return this;
        }

        public Builder clockSkew(Duration value) {
            this.clockSkew = value;
            return this;
        }

        public Builder tenantClaim(String value) {
            this.tenantClaim = value;
            return this;
        }

        public Builder rolesClaim(String value) {
            this.rolesClaim = value;
            return this;
        }

        /** Tokens without a tenant are accepted too, for services that also serve callers outside any tenant. */
        public Builder tenantOptional() {
            this.tenantRequired = false;
            return this;
        }

        public Builder maxTokenLength(int value) {
            this.maxTokenLength = value;
            return this;
        }

        public Builder keys(KeySettings value) {
            this.keys = value;
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException if one is missing or out of its bounds
         */
        public VerifierSettings build() {
            if (audience == null) {
                throw Settings.invalid(
                        "audience",
                        "",
                        "name the audience that tokens must be meant for, or waive it with anyAudience()");
            }
            return new VerifierSettings(
                    issuer,
                    audience,
                    algorithms,
                    tokenType,
                    clockSkew,
                    tenantClaim,
                    rolesClaim,
                    tenantRequired,
                    maxTokenLength,
                    keys == null ? KeySettings.at(URI.create(issuer + "/protocol/openid-connect/certs")) : keys);
        }
    }
}
