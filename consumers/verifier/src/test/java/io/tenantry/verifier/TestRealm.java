package io.tenantry.verifier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A realm as far as a verifier sees it: keys, and tokens signed with them. */
final class TestRealm {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final URI ISSUER = URI.create("https://id.example/realms/lending");

    static final RSAKey RSA = rsa("rsa-1");
    static final RSAKey STRANGER = rsa("rsa-1");
    static final RSAKey ENCRYPTION = rsa("rsa-enc", KeyUse.ENCRYPTION);
    static final ECKey EC = ec("ec-1");

    private TestRealm() {}

    static JWKSet published() {
        return new JWKSet(List.of(RSA, EC, ENCRYPTION)).toPublicJWKSet();
    }

    /** What Keycloak puts into an access token of one tenant. */
    static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("exp", NOW.plusSeconds(300).getEpochSecond());
        claims.put("iat", NOW.minusSeconds(10).getEpochSecond());
        claims.put("jti", "onrtac:4a7f");
        claims.put("iss", ISSUER.toString());
        claims.put("aud", List.of("lending-api", "account"));
        claims.put("sub", "user-1");
        claims.put("typ", "Bearer");
        claims.put("azp", "lending-spa");
        claims.put("sid", "session-1");
        claims.put("scope", "openid organization");
        claims.put("tenant_id", "northbank");
        claims.put("tenant_roles", List.of("approver", "viewer"));
        return claims;
    }

    static Map<String, Object> claimsWith(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    static Map<String, Object> claimsWithout(String name) {
        Map<String, Object> claims = claims();
        claims.remove(name);
        return claims;
    }

    static String sign(Map<String, Object> claims) {
        return sign(JSONObjectUtils.toJSONString(claims));
    }

    static String sign(String payload) {
        return sign(JWSAlgorithm.RS256, "rsa-1", RSA, payload);
    }

    static String sign(JWSAlgorithm algorithm, String keyId, RSAKey key, String payload) {
        try {
            return sign(algorithm, keyId, new RSASSASigner(key), payload);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String sign(JWSAlgorithm algorithm, String keyId, JWSSigner signer, String payload) {
        try {
            JWSObject jws = new JWSObject(
                    new JWSHeader.Builder(algorithm)
                            .type(JOSEObjectType.JWT)
                            .keyID(keyId)
                            .build(),
                    new Payload(payload));
            jws.sign(signer);
            return jws.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String signEc(Map<String, Object> claims) {
        try {
            return sign(JWSAlgorithm.ES256, "ec-1", new ECDSASigner(EC), JSONObjectUtils.toJSONString(claims));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static RSAKey rsa(String keyId) {
        return rsa(keyId, KeyUse.SIGNATURE);
    }

    private static RSAKey rsa(String keyId, KeyUse use) {
        try {
            return new RSAKeyGenerator(2048).keyID(keyId).keyUse(use).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static ECKey ec(String keyId) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(keyId)
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
