package io.tenantry.verifier;

import static io.tenantry.verifier.TestRealm.NOW;
import static io.tenantry.verifier.TestRealm.claims;
import static io.tenantry.verifier.TestRealm.claimsWith;
import static io.tenantry.verifier.TestRealm.claimsWithout;
import static io.tenantry.verifier.TestRealm.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.tenantry.contract.RevocationKind;
import io.tenantry.contract.Selector;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantTokenVerifierTest {
    private final List<TokenIdentity> asked = new ArrayList<>();
    private RevocationCheck.Answer answer = new RevocationCheck.Answer.Trusted();

    private VerifierSettings.Builder settings() {
        return VerifierSettings.forIssuer(TestRealm.ISSUER).audience("lending-api");
    }

    private Verification verify(VerifierSettings settings, String token) {
        TokenKeys keys =
                new TokenKeys(matcher -> new JWKSelector(matcher).select(TestRealm.published()), settings.algorithms());
        RevocationCheck check = identity -> {
            asked.add(identity);
            return answer;
        };
        return new TenantTokenVerifier(settings, keys, check, TestRealm.CLOCK).verify(token);
    }

    private Verification verify(String token) {
        return verify(settings().build(), token);
    }

    private void assertRejected(Rejection reason, String token) {
        assertRejected(reason, settings().build(), token);
    }

    private void assertRejected(Rejection reason, VerifierSettings settings, String token) {
        assertThat(verify(settings, token)).isInstanceOfSatisfying(Verification.Rejected.class, rejected -> {
            assertThat(rejected.reason()).as(rejected.detail()).isEqualTo(reason);
            assertThat(rejected.detail()).doesNotContain("user-1", "session-1", "onrtac", "northbank", "eyJ");
        });
        assertThat(asked).as("a token that is not good is not looked up").isEmpty();
    }

    @Test
    void acceptsAGoodTokenAndTellsWhatItSays() {
        assertThat(verify(sign(claims()))).isInstanceOfSatisfying(Verification.Accepted.class, accepted -> {
            VerifiedToken token = accepted.token();
            assertThat(token.tokenId()).isEqualTo("onrtac:4a7f");
            assertThat(token.clientId()).isEqualTo("lending-spa");
            assertThat(token.subject()).contains("user-1");
            assertThat(token.sessionId()).contains("session-1");
            assertThat(token.tenantId()).contains("northbank");
            assertThat(token.tenantRoles()).containsExactly("approver", "viewer");
            assertThat(token.hasTenantRole("approver")).isTrue();
            assertThat(token.hasTenantRole("owner")).isFalse();
            assertThat(token.scopes()).containsExactly("openid", "organization");
            assertThat(token.issuedAt()).isEqualTo(NOW.minusSeconds(10));
            assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(300));
            assertThat(token.claims()).containsEntry("typ", "Bearer");
            assertThat(token.toString()).doesNotContain("user-1", "northbank", "onrtac");
        });
    }

    @Test
    void acceptsEveryAllowedAlgorithm() {
        String payload = JSONObjectUtils.toJSONString(claims());
        assertThat(verify(sign(JWSAlgorithm.PS256, "rsa-1", TestRealm.RSA, payload)))
                .isInstanceOf(Verification.Accepted.class);
        assertThat(verify(TestRealm.signEc(claims()))).isInstanceOf(Verification.Accepted.class);
        assertRejectedAfterAccepted(sign(JWSAlgorithm.RS512, "rsa-1", TestRealm.RSA, payload));
    }

    private void assertRejectedAfterAccepted(String token) {
        asked.clear();
        assertRejected(Rejection.SIGNATURE, token);
    }

    @Test
    void aSecurityEventOfTheSameRealmIsNoToken() {
        Map<String, Object> event = Map.of(
                "iss", TestRealm.ISSUER.toString(),
                "aud", "lending-api",
                "jti", "e1",
                "iat", NOW.getEpochSecond(),
                "sub_id", Map.of("format", "iss_sub", "iss", TestRealm.ISSUER.toString(), "sub", "user-1"),
                "events", Map.of("https://schemas.openid.net/secevent/caep/event-type/session-revoked", Map.of()));
        assertThat(verify(sign(event))).isInstanceOf(Verification.Rejected.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void looksUpEverySelectorThatTheTokenHas() {
        verify(sign(claims()));
        assertThat(asked)
                .containsExactly(TokenIdentity.of(
                        NOW.minusSeconds(10), "onrtac:4a7f", "session-1", "user-1", "northbank", "lending-spa"));
        assertThat(asked.get(0).selectors())
                .extracting(Selector::kind)
                .containsExactlyInAnyOrder(RevocationKind.values());
    }

    @Test
    void aLightweightTokenIsStillLookedUpByTheRest() {
        assertThat(verify(sign(claimsWithout("sub")))).isInstanceOf(Verification.Accepted.class);
        assertThat(asked.get(0).selectors())
                .extracting(Selector::kind)
                .containsExactlyInAnyOrder(
                        RevocationKind.REALM,
                        RevocationKind.JTI,
                        RevocationKind.SID,
                        RevocationKind.TENANT,
                        RevocationKind.AZP);
    }

    @Test
    void refusesARevokedTokenAndSaysByWhichKind() {
        answer = new RevocationCheck.Answer.Revoked(RevocationKind.MEMBER);
        assertThat(verify(sign(claims())))
                .isEqualTo(new Verification.Rejected(
                        Rejection.REVOKED, "it was revoked by member", Optional.of(RevocationKind.MEMBER)));
    }

    @Test
    void refusesForNowWhenRevocationsAreNotKnown() {
        answer = new RevocationCheck.Answer.Unknown("not loaded");
        assertThat(verify(sign(claims()))).isInstanceOfSatisfying(Verification.Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(Rejection.STALE);
            assertThat(rejected.reason().isTransient()).isTrue();
        });
    }

    /** Each kind of answer there is, made with whatever values: one that is added is refused, or this fails. */
    @Test
    void noAnswerButThatItIsTrustedLetsATokenPass() throws ReflectiveOperationException {
        Class<?>[] kinds = RevocationCheck.Answer.class.getPermittedSubclasses();
        assertThat(kinds).contains(RevocationCheck.Answer.Trusted.class).hasSizeGreaterThan(1);
        for (Class<?> kind : kinds) {
            Class<?>[] types = Stream.of(kind.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Object[] values = Stream.of(types)
                    .map(type -> type.isEnum() ? type.getEnumConstants()[0] : "value")
                    .toArray();
            answer = (RevocationCheck.Answer) kind.getDeclaredConstructor(types).newInstance(values);
            assertThat(verify(sign(claims())) instanceof Verification.Accepted)
                    .as("%s", answer)
                    .isEqualTo(kind.equals(RevocationCheck.Answer.Trusted.class));
        }
    }

    @Test
    void outcomesAreHandedToTheOneThatTakesThem() {
        Verification accepted = verify(sign(claims()));
        Verification rejected = verify("no token");
        assertThat(accepted.<Object>fold(each -> each, each -> "rejected")).isSameAs(accepted);
        assertThat(rejected.<Object>fold(each -> "accepted", each -> each)).isSameAs(rejected);
    }

    @Test
    void theRevocationsOfAnotherRealmAreRefusedAtOnce() {
        VerifierSettings settings = settings().build();
        assertThatCode(() -> verifier(settings, new RealmsCheck("lending"))).doesNotThrowAnyException();
        for (String other : List.of("odd", "Lending", "ending", "lending/x", "realms/lending")) {
            assertThatThrownBy(() -> verifier(settings, new RealmsCheck(other)))
                    .as(other)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + TestRealm.ISSUER + "'")
                    .hasMessageContaining("'" + other + "'");
        }
        VerifierSettings spaced = VerifierSettings.forIssuer(URI.create("https://id.example/auth/realms/my%20realm"))
                .anyAudience()
                .build();
        assertThatCode(() -> verifier(spaced, new RealmsCheck("my realm"))).doesNotThrowAnyException();
    }

    private static void verifier(VerifierSettings settings, RevocationCheck check) {
        TenantTokenVerifier.of(settings, check).close();
    }

    private record RealmsCheck(String name) implements RevocationCheck {
        @Override
        public Answer check(TokenIdentity token) {
            return new Answer.Trusted();
        }

        @Override
        public Optional<String> realm() {
            return Optional.of(name);
        }
    }

    @Test
    void refusesAnUnsignedToken() {
        String header = Base64URL.encode("{\"alg\":\"none\",\"kid\":\"rsa-1\"}").toString();
        String payload =
                Base64URL.encode(JSONObjectUtils.toJSONString(claims())).toString();
        assertRejected(Rejection.MALFORMED, header + '.' + payload + '.');
        assertRejected(Rejection.MALFORMED, header + '.' + payload + ".AAAA");
    }

    @Test
    void refusesATokenSignedWithThePublicKeyAsASecret() throws JOSEException {
        String payload = JSONObjectUtils.toJSONString(claims());
        for (byte[] secret : List.of(
                TestRealm.RSA.toRSAPublicKey().getEncoded(),
                TestRealm.RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
            assertRejected(Rejection.SIGNATURE, sign(JWSAlgorithm.HS256, "rsa-1", new MACSigner(secret), payload));
        }
    }

    @Test
    void refusesAStrangersKeyUnderTheRealmsKeyId() {
        String payload = JSONObjectUtils.toJSONString(claims());
        assertRejected(Rejection.SIGNATURE, sign(JWSAlgorithm.RS256, "rsa-1", TestRealm.STRANGER, payload));
        assertRejected(Rejection.SIGNATURE, sign(JWSAlgorithm.RS256, "rsa-9", TestRealm.RSA, payload));
        assertRejected(Rejection.SIGNATURE, sign(JWSAlgorithm.RS256, "ec-1", TestRealm.RSA, payload));
        assertRejected(Rejection.SIGNATURE, sign(JWSAlgorithm.RS256, null, TestRealm.RSA, payload));
        assertRejected(Rejection.SIGNATURE, sign(JWSAlgorithm.RS256, "k".repeat(300), TestRealm.RSA, payload));
    }

    @Test
    void refusesTheRealmsEncryptionKey() {
        assertRejected(
                Rejection.SIGNATURE,
                sign(JWSAlgorithm.RS256, "rsa-enc", TestRealm.ENCRYPTION, JSONObjectUtils.toJSONString(claims())));
    }

    @Test
    void refusesAKeyThatTheTokenBringsAlong() throws JOSEException {
        JWSObject jws = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("rsa-1")
                        .jwk(TestRealm.STRANGER.toPublicJWK())
                        .jwkURL(URI.create("https://evil.example/jwks"))
                        .build(),
                new Payload(JSONObjectUtils.toJSONString(claims())));
        jws.sign(new RSASSASigner(TestRealm.STRANGER));
        assertRejected(Rejection.SIGNATURE, jws.serialize());
    }

    @Test
    void refusesAnyChangeToASignedToken() {
        String[] parts = sign(claims()).split("\\.", -1);
        String forged = Base64URL.encode(JSONObjectUtils.toJSONString(claimsWith("tenant_id", "harbor")))
                .toString();
        assertRejected(Rejection.SIGNATURE, parts[0] + '.' + forged + '.' + parts[2]);
        assertRejected(Rejection.SIGNATURE, parts[0] + '.' + parts[1] + '.' + "A".repeat(342));
    }

    @Test
    void refusesCharactersThatADecoderWouldSkip() {
        String token = sign(claims());
        for (String variant : List.of(token + "=", token + "\n", " " + token, token + "!", token + ".", "a.b")) {
            assertRejected(Rejection.MALFORMED, variant);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "e30.e30.e30", "eyJhbGciOiJSUzI1NiJ9..", "Bearer x.y.z"})
    void refusesWhatIsNoToken(String token) {
        assertThat(verify(token)).isInstanceOf(Verification.Rejected.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void refusesAHugeTokenBeforeReadingIt() {
        assertRejected(Rejection.MALFORMED, "a".repeat(10_000_000));
        assertRejected(Rejection.MALFORMED, sign(claimsWith("padding", "x".repeat(8_192))));
    }

    @Test
    void refusesAPayloadThatNestsWithoutEnd() {
        VerifierSettings roomy = settings().maxTokenLength(65_536).build();
        assertRejected(Rejection.MALFORMED, roomy, sign("{\"a\":" + "[".repeat(40_000)));
        assertRejected(Rejection.MALFORMED, roomy, sign("{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + '}'));
    }

    @Test
    void refusesDuplicateClaims() {
        String json = JSONObjectUtils.toJSONString(claims());
        assertRejected(Rejection.MALFORMED, sign(json.substring(0, json.length() - 1) + ",\"tenant_id\":\"harbor\"}"));
        assertRejected(Rejection.MALFORMED, sign("{\"tenant_id\":\"harbor\"," + json.substring(1)));
    }

    @Test
    void refusesAPayloadThatIsNoObject() {
        for (String payload : List.of("[]", "[[\"typ\",\"Bearer\"]]", "null", "\"x\"", "1", "", "{", "{}{}")) {
            assertRejected(Rejection.MALFORMED, sign(payload));
        }
    }

    @Test
    void refusesAnotherIssuer() {
        for (String issuer : List.of(
                "https://id.example/realms/lending/",
                "https://id.example/realms/granite",
                "http://id.example/realms/lending",
                "https://ID.example/realms/lending")) {
            assertRejected(Rejection.ISSUER, sign(claimsWith("iss", issuer)));
        }
        assertRejected(Rejection.ISSUER, sign(claimsWithout("iss")));
    }

    @Test
    void refusesAnotherAudienceUnlessWaived() {
        assertRejected(Rejection.AUDIENCE, sign(claimsWith("aud", "account")));
        assertRejected(Rejection.AUDIENCE, sign(claimsWith("aud", List.of("lending-api-2"))));
        assertRejected(Rejection.AUDIENCE, sign(claimsWithout("aud")));
        VerifierSettings waived =
                VerifierSettings.forIssuer(TestRealm.ISSUER).anyAudience().build();
        assertThat(verify(waived, sign(claimsWithout("aud")))).isInstanceOf(Verification.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ID", "Refresh", "Offline", "Logout", "DPoP", "bearer", "JWT", ""})
    void refusesTokensOfAnotherType(String type) {
        assertRejected(Rejection.WRONG_TYPE, sign(claimsWith("typ", type)));
    }

    @Test
    void refusesATokenWithoutType() {
        assertRejected(Rejection.WRONG_TYPE, sign(claimsWithout("typ")));
    }

    @Test
    void refusesATokenBoundToAKeyWhoseProofItCannotCheck() {
        assertRejected(Rejection.WRONG_TYPE, sign(claimsWith("cnf", Map.of("x5t#S256", "abc"))));
    }

    @Test
    void timesHoldWithinTheClockSkewAndNotBeyond() {
        long now = NOW.getEpochSecond();
        assertThat(verify(sign(claimsWith("exp", now - 29)))).isInstanceOf(Verification.Accepted.class);
        assertThat(verify(sign(claimsWith("iat", now + 30)))).isInstanceOf(Verification.Accepted.class);
        assertThat(verify(sign(claimsWith("nbf", now + 30)))).isInstanceOf(Verification.Accepted.class);
        asked.clear();
        assertRejected(Rejection.EXPIRED, sign(claimsWith("exp", now - 30)));
        assertRejected(Rejection.NOT_YET_VALID, sign(claimsWith("iat", now + 31)));
        assertRejected(Rejection.NOT_YET_VALID, sign(claimsWith("nbf", now + 31)));
    }

    @Test
    void aTimeThatOverflowsIsRefused() {
        for (Object time : List.of(Long.MAX_VALUE, Long.MAX_VALUE / 1_000, -1, 1e300, "1700000000", true)) {
            for (String claim : List.of("exp", "iat", "nbf")) {
                assertRejected(Rejection.MALFORMED, sign(claimsWith(claim, time)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "jti", "azp"})
    void refusesATokenThatLacksWhatItsRevocationNeeds(String claim) {
        assertRejected(Rejection.MALFORMED, sign(claimsWithout(claim)));
        assertRejected(Rejection.MALFORMED, sign(claimsWith(claim, List.of("x"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jti", "sid", "sub", "azp", "tenant_id"})
    void refusesIdsThatAreEmptyOrHuge(String claim) {
        assertRejected(
                Rejection.MALFORMED,
                settings().maxTokenLength(65_536).build(),
                sign(claimsWith(claim, "x".repeat(10_000))));
        assertRejected(Rejection.MALFORMED, sign(claimsWith(claim, "x".repeat(513))));
        assertRejected(Rejection.MALFORMED, sign(claimsWith(claim, "")));
        assertRejected(Rejection.MALFORMED, sign(claimsWith(claim, 7)));
    }

    @Test
    void refusesMoreThanOneTenant() {
        assertRejected(Rejection.MALFORMED, sign(claimsWith("tenant_id", List.of("northbank"))));
        assertRejected(Rejection.MALFORMED, sign(claimsWith("tenant_id", List.of("northbank", "harbor"))));
        assertRejected(Rejection.MALFORMED, sign(claimsWith("tenant_id", Map.of("northbank", Map.of()))));
    }

    @Test
    void refusesRolesOfAnotherShape() {
        for (Object roles : Arrays.asList("approver", 1, Map.of(), List.of(1), List.of(""), List.of(List.of("a")))) {
            assertRejected(Rejection.MALFORMED, sign(claimsWith("tenant_roles", roles)));
        }
    }

    @Test
    void aTenantIsRequiredUnlessSaidOtherwise() {
        Map<String, Object> claims = claimsWithout("tenant_id");
        assertRejected(Rejection.TENANT_MISSING, sign(claims));
        VerifierSettings optional = settings().tenantOptional().build();
        assertRejected(Rejection.MALFORMED, optional, sign(claims));
        claims.remove("tenant_roles");
        assertThat(verify(optional, sign(claims))).isInstanceOfSatisfying(Verification.Accepted.class, accepted -> {
            assertThat(accepted.token().tenantId()).isEmpty();
            assertThat(accepted.token().tenantRoles()).isEmpty();
        });
    }

    @Test
    void namesOfClaimsCanBeChosen() {
        Map<String, Object> claims = claims();
        claims.put("lender", claims.remove("tenant_id"));
        claims.put("lender_roles", claims.remove("tenant_roles"));
        VerifierSettings renamed =
                settings().tenantClaim("lender").rolesClaim("lender_roles").build();
        assertThat(verify(renamed, sign(claims))).isInstanceOfSatisfying(Verification.Accepted.class, accepted -> {
            assertThat(accepted.token().tenantId()).contains("northbank");
            assertThat(accepted.token().tenantRoles()).containsExactly("approver", "viewer");
        });
    }
}
