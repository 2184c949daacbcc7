package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.stack.Database;
import io.tenantry.stack.StackSettings;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Real actions over HTTP, told as Security Event Tokens; each is read from the stream and verified as any receiver would,
 * with a JOSE library and the keys that the realm serves.
 */
@ProcessesOnly
class SecurityEventsIT {
    private static final String OPTION = "spi-events-listener--redis-revocations--";
    private static final String AUDIENCE = "https://receiver.example";
    private static final String CAEP = "https://schemas.openid.net/secevent/caep/event-type/";
    private static final String RISC = "https://schemas.openid.net/secevent/risc/event-type/";

    private static TestServer server;

    private TestRealm realm;
    private PublishedRevocations published;
    private TestClient app;
    private TestUser alice;

    @BeforeAll
    static void start() {
        server = new TestServer(new StackSettings()
                .database(Database.POSTGRES)
                .option(OPTION + "publish-timeout", "10000")
                .option(OPTION + "security-events", "true")
                .option(OPTION + "security-events-audience", AUDIENCE)
                .start());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void prepare() {
        realm = server.createRealm();
        published = PublishedRevocations.of(realm);
        app = realm.publicClient("app");
        alice = realm.user("alice");
    }

    @AfterEach
    void delete() {
        realm.close();
    }

    @Test
    void logoutIsARevokedSession() throws Exception {
        Tokens tokens = app.password(alice, "openid");
        Instant before = Instant.now();
        app.logout(tokens);
        Revocation revocation =
                only(Selector.sid(String.valueOf(tokens.accessClaims().get("sid"))));
        JWTClaimsSet event = verified(revocation);
        assertThat(event.getIssuer())
                .isEqualTo(realm.issuer())
                .isEqualTo(tokens.accessClaims().get("iss"));
        assertThat(event.getAudience()).containsExactly(AUDIENCE);
        assertThat(event.getJWTID()).isEqualTo(revocation.id());
        assertThat(event.getStringClaim("txn")).isNotEmpty();
        assertThat(event.getLongClaim("toe"))
                .isBetween(before.getEpochSecond(), Instant.now().getEpochSecond());
        assertThat(event.getSubject()).isNull();
        assertThat(event.getExpirationTime()).isNull();
        assertThat(event.getClaim("sub_id"))
                .isEqualTo(Map.of(
                        "format",
                        "complex",
                        "session",
                        opaque(tokens.accessClaims().get("sid"))));
        assertThat(content(event, CAEP + "session-revoked")).containsEntry("reason_admin", Map.of("en", "logout"));
    }

    @Test
    void newPasswordIsAChangedCredential() throws Exception {
        assertThat(alice.resetPassword("Another-Horse-8-Battery").statusCode()).isEqualTo(204);
        JWTClaimsSet event = verified(only(Selector.sub(alice.id())));
        assertThat(event.getClaim("sub_id")).isEqualTo(user(alice));
        assertThat(content(event, CAEP + "credential-change"))
                .containsEntry("credential_type", "password")
                .containsEntry("change_type", "update");
    }

    @Test
    void disabledLockedOutAndDeletedUsersAreEventsOfTheirAccounts() throws Exception {
        alice.update(Map.of("enabled", false));
        JWTClaimsSet disabled = verified(only(Selector.sub(alice.id())));
        assertThat(disabled.getClaim("sub_id")).isEqualTo(user(alice));
        assertThat(content(disabled, RISC + "account-disabled")).isEmpty();

        TestUser bob = realm.user("bob");
        bob.delete();
        assertThat(content(verified(first(Selector.sub(bob.id()))), RISC + "account-purged"))
                .isEmpty();

        TestUser carol = realm.user("carol");
        realm.update(Map.of("bruteForceProtected", true, "permanentLockout", true, "failureFactor", 1));
        app.token(Map.of("grant_type", "password", "username", "carol", "password", "wrong"));
        PublishedRevocations.await("the lockout", () -> published.selectors().contains(Selector.sub(carol.id())));
        assertThat(content(verified(first(Selector.sub(carol.id()))), RISC + "account-disabled"))
                .isEmpty();
    }

    @Test
    void lostRolesAreChangedClaims() throws Exception {
        realm.org("northbank").group("officers").realmRole("officer").withoutRealmRole("officer");
        JWTClaimsSet event = verified(first(Selector.tenant("northbank")));
        assertThat(event.getClaim("sub_id")).isEqualTo(Map.of("format", "complex", "tenant", opaque("northbank")));
        Map<String, Object> content = content(event, CAEP + "token-claims-change");
        assertThat(content).containsEntry("reason_admin", Map.of("en", "role-lost"));
        assertThat((Map<?, ?>) content.get("claims")).hasSize(1).satisfies(claims -> {
            assertThat(claims.containsKey("tenant_roles")).isTrue();
            assertThat(claims.get("tenant_roles")).isNull();
        });
    }

    @Test
    void lostMembershipIsARevokedSessionOfTheUserInThatTenant() throws Exception {
        realm.org("northbank").add(alice).remove(alice);
        JWTClaimsSet event = verified(first(Selector.member("northbank", alice.id())));
        assertThat(event.getClaim("sub_id"))
                .isEqualTo(Map.of("format", "complex", "user", user(alice), "tenant", opaque("northbank")));
        assertThat(content(event, CAEP + "session-revoked"))
                .containsEntry("reason_admin", Map.of("en", "membership-lost"));
    }

    @Test
    void killOfATenantRevokesItsSessionsAndTellsWhoDidIt() throws Exception {
        realm.org("northbank").add(alice);
        realm.admin().post("/tenantry/tenants/northbank/revoke").then().statusCode(200);
        JWTClaimsSet event = verified(first(Selector.tenant("northbank")));
        assertThat(event.getIssuer()).isEqualTo(realm.issuer());
        assertThat(event.getClaim("sub_id")).isEqualTo(Map.of("format", "complex", "tenant", opaque("northbank")));
        assertThat(content(event, CAEP + "session-revoked"))
                .containsEntry("initiating_entity", "admin")
                .containsEntry("reason_admin", Map.of("en", "tenant-revoked"));
    }

    @Test
    void aDisabledClientIsOurOwnEvent() throws Exception {
        app.update(Map.of("enabled", false));
        Revocation revocation = only(Selector.azp("app"));
        JWTClaimsSet event = verified(revocation);
        assertThat(event.getClaim("sub_id")).isEqualTo(Map.of("format", "complex", "application", opaque("app")));
        assertThat(content(event, "urn:uuid:cea5fe15-94bf-48da-9d96-213a9bb904a9"))
                .containsEntry("kind", "azp")
                .containsEntry("cutoff", revocation.cutoff().getEpochSecond());
    }

    @Test
    void anEventIsNoAccessToken() throws Exception {
        app.logout(app.password(alice, "openid"));
        String event = published.stream().get(0).securityEvent();
        assertThat(app.userinfo(event).statusCode()).isEqualTo(401);
        TestClient api = realm.confidentialClient("api");
        assertThat(api.introspect(event).jsonPath().getBoolean("active")).isFalse();
    }

    @Test
    void afterARotationTheNewKeySignsAndTheOldEventIsStillVerified() throws Exception {
        app.logout(app.password(alice, "openid"));
        Revocation before = published.stream().get(0);
        assertThat(header(before).getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
        key("rsa-generated", Map.of("priority", List.of("200"), "algorithm", List.of("RS256")));
        alice.update(Map.of("enabled", false));
        Revocation rotated = first(Selector.sub(alice.id()));
        assertThat(header(rotated).getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
        assertThat(header(rotated).getKeyID()).isNotEqualTo(header(before).getKeyID());
        verified(before);
        verified(rotated);

        key("ecdsa-generated", Map.of("priority", List.of("200"), "ecdsaEllipticCurveKey", List.of("P-256")));
        realm.update(Map.of("defaultSignatureAlgorithm", "ES256"));
        app.update(Map.of("enabled", false));
        Revocation elliptic = first(Selector.azp("app"));
        assertThat(header(elliptic).getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        verified(elliptic);
    }

    @Test
    void whatWaitedAndWhatIsPublishedAnewIsTheSameEvent() throws Exception {
        Tokens first = app.password(alice, "openid");
        Tokens second = app.password(alice, "openid");
        app.logout(first);
        server.redisServer().kill();
        app.logout(second);
        server.redisServer().start();
        PublishedRevocations.await("both", () -> events().size() == 2);
        for (Revocation revocation : published.stream()) {
            assertThat(verified(revocation).getJWTID()).isEqualTo(revocation.id());
        }
        Map<String, String> before = events();

        server.redis().flushAll();

        PublishedRevocations.await("both again", () -> events().size() == 2);
        assertThat(events()).isEqualTo(before);
    }

    @Test
    void aRealmWhoseAlgorithmHasNoKeyStillRevokesAndTheLogSaysWhatToDo() throws Exception {
        realm.update(Map.of("defaultSignatureAlgorithm", "ES512"));
        double failed =
                Metrics.of(server.keycloak()).value("tenantry_revocations_security_events_total{outcome=\"failed\"}");

        alice.update(Map.of("enabled", false));

        assertThat(only(Selector.sub(alice.id())).securityEvent()).isNull();
        assertThat(published.cutoff(Selector.sub(alice.id()))).isPresent();
        assertThat(Metrics.of(server.keycloak())
                        .value("tenantry_revocations_security_events_total{outcome=\"failed\"}"))
                .isEqualTo(failed + 1);
        assertThat(server.keycloak().log())
                .contains("Revocations of realm " + realm.name() + " are published without Security Event Tokens:"
                        + " its default signature algorithm ES512 has no active key; add or enable one under Realm"
                        + " settings, Keys, or choose another algorithm under Realm settings, Tokens");
        List<String> algorithms = realm.admin().get("/keys").jsonPath().getList("keys.algorithm");
        assertThat(algorithms).as("none was made for it").doesNotContain("ES512");

        realm.update(Map.of("defaultSignatureAlgorithm", "RS256"));
        app.update(Map.of("enabled", false));
        verified(only(Selector.azp("app")));
        assertThat(server.keycloak().log())
                .contains("Revocations of realm " + realm.name() + " carry Security Event Tokens again");
    }

    @Test
    void aRealmWithASecretForAKeySignsNothingThatNobodyCanVerify() throws Exception {
        realm.update(Map.of("defaultSignatureAlgorithm", "HS512"));
        alice.update(Map.of("enabled", false));
        assertThat(only(Selector.sub(alice.id())).securityEvent()).isNull();
        assertThat(server.keycloak().log())
                .contains("Revocations of realm " + realm.name()
                        + " are published without Security Event Tokens: receivers cannot verify HS512");
    }

    private Map<String, String> events() {
        return published.stream().stream()
                .filter(revocation -> revocation.securityEvent() != null)
                .collect(Collectors.toMap(Revocation::id, Revocation::securityEvent));
    }

    private Revocation only(Selector selector) {
        assertThat(published.selectors()).containsOnlyOnce(selector);
        return first(selector);
    }

    private Revocation first(Selector selector) {
        return published.stream().stream()
                .filter(revocation -> revocation.selector().equals(selector))
                .findFirst()
                .orElseThrow();
    }

    private void key(String provider, Map<String, ?> config) {
        realm.admin()
                .body(Map.of(
                        "name",
                        provider + "-rotated",
                        "providerId",
                        provider,
                        "providerType",
                        "org.keycloak.keys.KeyProvider",
                        "parentId",
                        realm.admin().get().jsonPath().getString("id"),
                        "config",
                        config))
                .post("/components")
                .then()
                .statusCode(201);
    }

    private JWTClaimsSet verified(Revocation revocation)
            throws IOException, BadJOSEException, JOSEException, ParseException {
        assertThat(revocation.securityEvent()).isNotNull();
        DefaultJWTProcessor<SecurityContext> receiver = new DefaultJWTProcessor<>();
        receiver.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("secevent+jwt")));
        receiver.setJWSKeySelector(new JWSVerificationKeySelector<>(
                Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256),
                new ImmutableJWKSet<>(JWKSet.load(URI.create(realm.issuer() + "/protocol/openid-connect/certs")
                        .toURL()))));
        receiver.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                AUDIENCE,
                new JWTClaimsSet.Builder().issuer(realm.issuer()).build(),
                Set.of("jti", "iat", "toe", "txn", "sub_id", "events")));
        return receiver.process(revocation.securityEvent(), null);
    }

    private static JWSHeader header(Revocation revocation) throws ParseException {
        return SignedJWT.parse(revocation.securityEvent()).getHeader();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> content(JWTClaimsSet event, String type) throws ParseException {
        Map<String, Object> events = event.getJSONObjectClaim("events");
        assertThat(events).containsOnlyKeys(type);
        return (Map<String, Object>) events.get(type);
    }

    private Map<String, Object> user(TestUser user) {
        return Map.of("format", "iss_sub", "iss", realm.issuer(), "sub", user.id());
    }

    private static Map<String, Object> opaque(Object id) {
        return Map.of("format", "opaque", "id", String.valueOf(id));
    }
}
