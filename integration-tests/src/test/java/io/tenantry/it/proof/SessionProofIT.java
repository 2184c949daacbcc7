package io.tenantry.it.proof;

import static io.tenantry.it.proof.VouchedRealm.HARBOR;
import static io.tenantry.it.proof.VouchedRealm.NORTHBANK;
import static io.tenantry.it.proof.VouchedRealm.assertRefused;
import static io.tenantry.it.proof.VouchedRealm.assertTenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import io.tenantry.it.proof.VouchedRealm.Person;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who vouched for a session, from sign-in to sign-in, and whatever becomes of the provider meanwhile. */
@WithServer
class SessionProofIT {
    private static VouchedRealm shared;

    private VouchedRealm realm;

    @BeforeAll
    static void start(TestServer server) {
        shared = new VouchedRealm(server, Map.of());
    }

    @AfterAll
    static void stop() {
        shared.close();
    }

    @BeforeEach
    void change() {
        realm = shared.anew();
    }

    @Test
    void signInWithOnesOwnPasswordFreesABrokeredSession() {
        Person person = realm.owner(realm.northbank(), realm.harbor());
        Browser browser = person.signedIn();
        assertRefused(realm.silently(browser, HARBOR));

        Tokens freed = realm.app()
                .open(browser, "openid organization:" + HARBOR, Map.of("prompt", "login"))
                .credentials(person.account(), TestUser.PASSWORD)
                .tokens();

        assertTenant(freed, HARBOR);
        assertTenant(realm.silently(browser, HARBOR), HARBOR);
        assertTenant(realm.silently(browser, NORTHBANK), NORTHBANK);
    }

    /** Keycloak asks for it in a session that would have done, as the lender that was asked for is not there. */
    @Test
    void passwordAskedForInABrokeredSessionCountsAsWell() {
        Person person = realm.owner(realm.northbank(), realm.harbor());
        Browser browser = person.signedIn();
        realm.northbank().remove(person.account());

        realm.app().open(browser, "openid organization:" + NORTHBANK).credentials(person.account(), TestUser.PASSWORD);

        assertTenant(realm.silently(browser, HARBOR), HARBOR);
    }

    /** Each lender's tab goes on by what it began with, though they share the session. */
    @Test
    void signInThroughAProviderAddsToASessionOfOnesOwn() {
        Person person = realm.owner(realm.northbank(), realm.harbor());
        Browser browser = new Browser();
        realm.app()
                .open(browser, "openid")
                .credentials(person.account(), TestUser.PASSWORD)
                .tokens();
        // Not at once: a session that begins with an offline token is given up for it
        Tokens own = realm.app()
                .open(browser, "openid offline_access organization:" + HARBOR)
                .tokens();
        assertTenant(own, HARBOR);

        assertTenant(person.throughProvider(browser, Map.of("prompt", "login")), NORTHBANK);

        assertTenant(realm.silently(browser, HARBOR), HARBOR);
        assertTenant(realm.app().refresh(own), HARBOR);
    }

    @Test
    void tokenMadeBeforeTheSignInsEventIsHeldToThatSignIn() {
        realm.app().update(Map.of("implicitFlowEnabled", true));
        Person person = realm.owner(realm.northbank(), realm.harbor());
        Browser browser = person.signedIn();
        Map<String, String> implicit = Map.of("response_type", "token", "nonce", "n");

        assertThat(fragment(realm.app()
                        .open(browser, "openid organization:" + HARBOR, implicit)
                        .page()))
                .doesNotContain("access_token");
        Page freed = realm.app()
                .open(
                        browser,
                        "openid organization:" + HARBOR,
                        Map.of("response_type", "token", "nonce", "n", "prompt", "login"))
                .credentials(person.account(), TestUser.PASSWORD)
                .page();

        assertThat(fragment(freed)).contains("access_token");
    }

    @Test
    void ordinaryMemberOfOneLenderGetsItsTokensAndKeepsThem() {
        Person person = realm.employee();

        Tokens tokens = person.throughProvider(new Browser(), Map.of());

        assertTenant(tokens, NORTHBANK);
        assertTenant(realm.app().refresh(realm.app().refresh(tokens)), NORTHBANK);
    }

    @Test
    void providerUnlinkedWhileItsSessionsLiveVouchesForNobody() {
        Person person = realm.owner(realm.northbank(), realm.harbor());
        Browser browser = person.signedIn();

        realm.northbank().unlinkProvider(realm.alias());

        assertRefused(realm.silently(browser, HARBOR));
        assertRefused(realm.silently(browser, NORTHBANK));
        realm.harbor().linkProvider(realm.alias());
        assertRefused(realm.silently(browser, HARBOR));
        assertRefused(realm.silently(browser, NORTHBANK));
    }

    @Test
    void providerDisabledWhileItsSessionsLiveVouchesForNobodyUntilItIsEnabled() {
        Person person = realm.owner(realm.northbank(), realm.harbor());
        Browser browser = person.signedIn();

        realm.enableProvider(false);
        assertRefused(realm.silently(browser, NORTHBANK));

        realm.enableProvider(true);
        assertTenant(realm.silently(browser, NORTHBANK), NORTHBANK);
        assertRefused(realm.silently(browser, HARBOR));
    }

    @Test
    void providerOfTheWholeRealmGivenToALenderVouchesForThatOneAlone() {
        realm.northbank().unlinkProvider(realm.alias());
        Person person = realm.owner(realm.northbank(), realm.harbor());
        Browser browser = new Browser();
        assertTenant(person.throughProvider(browser, Map.of()), NORTHBANK);
        assertTenant(realm.silently(browser, HARBOR), HARBOR);

        realm.harbor().linkProvider(realm.alias());

        assertTenant(realm.silently(browser, HARBOR), HARBOR);
        assertRefused(realm.silently(browser, NORTHBANK));
    }

    @Test
    void assertionOfALendersProviderCountsForThatLenderAlone() throws GeneralSecurityException {
        Assertions assertions = new Assertions();
        Person person = realm.owner(realm.northbank(), realm.harbor());

        assertTenant(assertions.exchange(person, NORTHBANK), NORTHBANK);
        assertNoGrant(assertions.exchange(person, HARBOR));
    }

    @Test
    void assertionOfAProviderWithRulesCountsForNobody() throws GeneralSecurityException {
        Assertions assertions = new Assertions();
        Person person = realm.owner(realm.northbank(), realm.harbor());
        realm.realm()
                .admin()
                .body(Map.of(
                        "name",
                        "rules",
                        "identityProviderAlias",
                        realm.alias(),
                        "identityProviderMapper",
                        "tenant-oidc-rules",
                        "config",
                        Map.of("syncMode", "INHERIT")))
                .post("/identity-provider/instances/{alias}/mappers", realm.alias())
                .then()
                .statusCode(201);

        assertNoGrant(assertions.exchange(person, NORTHBANK));
        assertNoGrant(assertions.exchange(person, HARBOR));
    }

    @Test
    void assertionOfAProviderOfTheWholeRealmCountsForAnyLender() throws GeneralSecurityException {
        Assertions assertions = new Assertions();
        Person person = realm.owner(realm.northbank(), realm.harbor());
        realm.northbank().unlinkProvider(realm.alias());

        assertTenant(assertions.exchange(person, NORTHBANK), NORTHBANK);
        assertTenant(assertions.exchange(person, HARBOR), HARBOR);
    }

    /** What Keycloak makes of any refusal in this grant. */
    private static void assertNoGrant(Tokens tokens) {
        assertThat(tokens.error()).isEqualTo("invalid_grant");
        assertThat(tokens.errorDescription()).contains("identity provider of another organization");
    }

    private static String fragment(Page page) {
        String fragment = page.uri().getRawFragment();
        return fragment == null ? "" : URLDecoder.decode(fragment, StandardCharsets.UTF_8);
    }

    /** What the provider signs for its people (RFC 7523). */
    private final class Assertions {
        private static final long LIFE_SECONDS = 60;

        private final KeyPair keys;

        Assertions() throws GeneralSecurityException {
            keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
            realm.configure(Map.of(
                    "issuer", issuer(),
                    "useJwksUrl", "false",
                    "validateSignature", "true",
                    "publicKeySignatureVerifier",
                            "-----BEGIN PUBLIC KEY-----\n"
                                    + Base64.getEncoder()
                                            .encodeToString(keys.getPublic().getEncoded())
                                    + "\n-----END PUBLIC KEY-----",
                    "publicKeySignatureVerifierKeyId", "k1",
                    "jwtAuthorizationGrantEnabled", "true"));
            realm.app()
                    .update(Map.of(
                            "attributes",
                            Map.of(
                                    "oauth2.jwt.authorization.grant.enabled",
                                    "true",
                                    "oauth2.jwt.authorization.grant.idp",
                                    realm.alias())));
        }

        Tokens exchange(Person person, String tenant) throws GeneralSecurityException {
            return realm.app()
                    .token(Map.of(
                            "grant_type",
                            "urn:ietf:params:oauth:grant-type:jwt-bearer",
                            "assertion",
                            assertion(person),
                            "scope",
                            "openid organization:" + tenant));
        }

        /** By which Keycloak finds the provider. */
        private String issuer() {
            return "https://" + realm.alias() + ".example";
        }

        private String assertion(Person person) throws GeneralSecurityException {
            long now = Instant.now().getEpochSecond();
            String claims = "{\"iss\":\"" + issuer() + "\",\"sub\":\""
                    + person.employee().id() + "\",\"aud\":\"" + realm.realm().issuer() + "\",\"jti\":\""
                    + UUID.randomUUID() + "\",\"iat\":" + now + ",\"exp\":" + (now + LIFE_SECONDS) + "}";
            String signed =
                    base64("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}".getBytes(StandardCharsets.UTF_8))
                            + "."
                            + base64(claims.getBytes(StandardCharsets.UTF_8));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + base64(signature.sign());
        }

        private static String base64(byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    }
}
