package io.tenantry.it.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestServer;
import io.tenantry.it.WithServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the doctor says of a lender's identity provider, through its endpoint; each fault planted by itself. */
@WithServer
class BrokeringDoctorIT {
    private static final String STOCK_FLOW = "first broker login";

    private static Brokering realm;

    private final String alias = Brokering.person();

    @BeforeAll
    static void start(TestServer server) {
        realm = Brokering.on(server);
    }

    @AfterAll
    static void stop() {
        realm.close();
    }

    @Test
    void soundProviderHasNoFault() {
        idp(SigningKey.fresh());
        assertThat(findings()).isEmpty();
    }

    @Test
    void providerWithoutRules() {
        realm.removeRules(idp(SigningKey.fresh()));
        // Nor does anything ask for signed assertions then
        assertThat(findings()).containsOnlyKeys("identity-provider-without-rules", "unsigned-assertions-accepted");
        assertThat(findings()).containsEntry("identity-provider-without-rules", "ERROR");
    }

    @Test
    void unsignedAssertions() {
        realm.rules(idp(SigningKey.fresh()), Map.of("assertion.signed", "false"));
        assertThat(findings()).isEqualTo(Map.of("unsigned-assertions-accepted", "ERROR"));
    }

    @Test
    void noEntityId() {
        idp(SigningKey.fresh());
        realm.provider(alias, Map.of(), Map.of("idpEntityId", ""));
        assertThat(findings()).isEqualTo(Map.of("issuer-not-checked", "WARNING"));
    }

    @Test
    void defaultFirstLoginFlow() {
        idp(SigningKey.fresh());
        realm.provider(alias, Map.of("firstBrokerLoginFlowAlias", STOCK_FLOW), Map.of());
        assertThat(findings())
                .isEqualTo(Map.of("first-login-without-guard", "ERROR", "first-login-profile-open", "WARNING"));
    }

    @Test
    void expiredCertificate() {
        idp(SigningKey.expired());
        assertThat(findings()).isEqualTo(Map.of("certificate-expired", "ERROR"));
    }

    @Test
    void certificateThatEndsSoon() {
        idp(SigningKey.endingIn(Duration.ofDays(20)));
        assertThat(findings()).isEqualTo(Map.of("certificate-expires-soon", "WARNING"));
    }

    @Test
    void certificateThatCannotBeRead() {
        idp(SigningKey.fresh());
        realm.provider(alias, Map.of(), Map.of("signingCertificate", ""));
        assertThat(findings()).isEqualTo(Map.of("certificate-missing", "ERROR"));
    }

    @Test
    void settingsThatCannotBeUsed() {
        HandIdp idp = idp(SigningKey.fresh());
        realm.rules(idp, Map.of("authn.max.age", "often"));
        assertThat(findings()).isEqualTo(Map.of("rules-settings-unusable", "ERROR"));
    }

    @Test
    void roleTableThatCannotBeUsed() {
        idp(SigningKey.fresh());
        realm.mapper(
                alias,
                "tenant-saml-roles",
                "roles",
                Map.of("roles.attribute", "roles", "roles.groups", "[{\"key\":\"officer\",\"value\":\"/\"}]"));
        assertThat(findings()).isEqualTo(Map.of("rules-settings-unusable", "ERROR"));
    }

    @Test
    void mapperThatTakesTheAddressFromWhereTheRulesCannotLook() {
        idp(SigningKey.fresh());
        realm.mapper(
                alias,
                "saml-xpath-attribute-idp-mapper",
                "address",
                Map.of("attribute.xpath", "//address", "user.attribute", "email"));
        assertThat(findings()).isEqualTo(Map.of("rules-settings-unusable", "ERROR"));
    }

    @Test
    void domainOfTwoLendersByTheirRules() {
        TestOrg one = realm.realm().org("one-" + alias);
        HandIdp idp = realm.idp(alias, one, SigningKey.fresh());
        realm.rules(idp, Map.of("email.domains", "*.northbank.example##own.example"));
        assertThat(domainsClaimedWith(one)).containsExactly("northbank");
    }

    @Test
    void domainOfTwoLendersByTheirOwnDomains() {
        TestOrg one = realm.realm().org("wide-" + alias);
        one.update(Map.of("domains", List.of(Map.of("name", "*.harbor.example"))));
        assertThat(domainsClaimedWith(one)).containsExactly("harbor");
    }

    @Test
    void openIdProviderWithEveryFault() {
        openIdProvider(Map.of(), STOCK_FLOW);
        assertThat(findings())
                .isEqualTo(Map.of(
                        "identity-provider-without-rules", "ERROR",
                        "first-login-without-guard", "ERROR",
                        "first-login-profile-open", "WARNING",
                        "unsigned-tokens-accepted", "ERROR",
                        "issuer-not-checked", "WARNING"));
    }

    @Test
    void soundOpenIdProviderHasNoFaultUntilItsSettingsCannotBeUsed() {
        openIdProvider(
                Map.of(
                        "issuer",
                        "http://idp.example",
                        "validateSignature",
                        "true",
                        "useJwksUrl",
                        "true",
                        "jwksUrl",
                        "http://idp.example/keys"),
                Brokering.FLOW);
        realm.mapper(alias, "tenant-oidc-rules", "rules", Map.of());
        assertThat(findings()).isEmpty();
        realm.mapper(alias, "tenant-oidc-rules", "more rules", Map.of("auth.max.age", "often"));
        assertThat(findings()).isEqualTo(Map.of("rules-settings-unusable", "ERROR"));
    }

    private HandIdp idp(SigningKey key) {
        return realm.idp(alias, realm.northbank(), key);
    }

    private void openIdProvider(Map<String, String> more, String flow) {
        Map<String, String> config = new HashMap<>(Map.of(
                "authorizationUrl", "http://idp.example/auth",
                "tokenUrl", "http://idp.example/token",
                "clientId", "lending",
                "clientSecret", "development-only",
                "clientAuthMethod", "client_secret_post"));
        config.putAll(more);
        realm.createProvider(Map.of(
                "alias",
                alias,
                "providerId",
                "oidc",
                "enabled",
                true,
                "firstBrokerLoginFlowAlias",
                flow,
                "config",
                config));
        realm.northbank().linkProvider(alias);
    }

    /** Severities by check, of this test's own provider. */
    private Map<String, String> findings() {
        return report().stream()
                .filter(finding -> List.of(finding.get("where").split("[ ,]+")).contains(alias))
                .collect(Collectors.toMap(finding -> finding.get("check"), finding -> finding.get("severity")));
    }

    private static List<String> domainsClaimedWith(TestOrg org) {
        return report().stream()
                .filter(finding -> finding.get("check").equals("domain-of-two-tenants"))
                .map(finding -> List.of(finding.get("where").split(" ")))
                .filter(where -> where.contains(org.alias()))
                .map(where -> where.get(1).equals(org.alias()) ? where.get(3) : where.get(1))
                .toList();
    }

    private static List<Map<String, String>> report() {
        return realm.realm()
                .admin()
                .accept(ContentType.JSON)
                .get("/tenantry/doctor")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("findings");
    }
}
