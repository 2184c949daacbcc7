package io.tenantry.verifier;

import com.nimbusds.jose.JWSAlgorithm;

/**
 * The signature algorithms that a token may be signed with, by their JOSE names. All are asymmetric: a shared secret at a
 * gateway could also mint tokens. Keycloak's EdDSA is not among them yet.
 */
public enum SignatureAlgorithm {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512;

    JWSAlgorithm jose() {
        return JWSAlgorithm.parse(name());
    }
}
