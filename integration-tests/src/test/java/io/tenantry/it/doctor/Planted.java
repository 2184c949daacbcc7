package io.tenantry.it.doctor;

import io.tenantry.it.TestRealm;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A misconfiguration.
 *
 * @param what for the test's name
 * @param severity {@code ERROR} or {@code WARNING}
 * @param check the one check that must find it
 * @param before spoils the realm before it is imported
 * @param after spoils it on the server
 */
record Planted(String what, String severity, String check, Consumer<LendingRealm> before, Consumer<TestRealm> after) {
    private static final String SPA = "lending-spa";
    private static final String API = "lending-api";
    private static final String BATCH = "lending-batch";
    private static final String FIRST_LOGIN = "lender first broker login";

    @Override
    public String toString() {
        return check + ": " + what;
    }

    private static Planted error(String check, String what, Consumer<LendingRealm> spoil) {
        return new Planted(what, "ERROR", check, spoil, realm -> {});
    }

    private static Planted warning(String check, String what, Consumer<LendingRealm> spoil) {
        return new Planted(what, "WARNING", check, spoil, realm -> {});
    }

    static List<Planted> all() {
        return Stream.of(clients(), tenants(), flows(), passwords(), brokering(), revocation(), brands())
                .flatMap(found -> found)
                .toList();
    }

    private static Stream<Planted> clients() {
        return Stream.of(
                error(
                        "tenant-mapper-missing",
                        "a client without the scope that has the mapper",
                        realm -> realm.withoutDefaultScope(SPA, "tenant")),
                warning("tenant-mapper-optional", "the mapper's scope is optional", realm -> {
                    realm.withoutDefaultScope(SPA, "tenant");
                    realm.client(SPA).withArray("optionalClientScopes").add("tenant");
                }),
                warning(
                        "tenant-mapper-twice",
                        "one in the scope and one of the client's own",
                        realm -> realm.clientMapper(SPA, "tenant-claims-mapper", """
                                {"access.token.claim":"true","id.token.claim":"true","lightweight.claim":"true"}
                                """)),
                error(
                        "tenant-mapper-unusable",
                        "a limit that is no number",
                        realm -> realm.tenantMapper("tenant.bytes.limit", "lots")),
                error(
                        "tenant-mapper-unusable",
                        "roles of a client that is not there",
                        realm -> realm.tenantMapper("tenant.roles.client", "lending-app")),
                error(
                        "tenant-not-in-access-token",
                        "left out of access tokens",
                        realm -> realm.tenantMapper("access.token.claim", "false")),
                warning(
                        "tenant-not-in-every-document",
                        "left out of ID tokens",
                        realm -> realm.tenantMapper("id.token.claim", "false")),
                error(
                        "subject-missing",
                        "a client without the scope basic",
                        realm -> realm.withoutDefaultScope(SPA, "basic")),
                error(
                        "subject-missing",
                        "lightweight tokens without the subject",
                        realm -> realm.clientAttribute(SPA, "client.use.lightweight.access.token.enabled", "true")),
                error(
                        "subject-pairwise",
                        "another subject for each client",
                        realm -> realm.clientMapper(
                                SPA, "oidc-sha256-pairwise-sub-mapper", "{\"pairwiseSubAlgorithmSalt\":\"salt\"}")),
                warning(
                        "access-tokens-long-lived",
                        "an hour in the realm",
                        realm -> realm.with("accessTokenLifespan", "3600")),
                warning(
                        "access-tokens-long-lived",
                        "an hour for a client",
                        realm -> realm.clientAttribute(SPA, "access.token.lifespan", "3600")),
                warning(
                        "access-tokens-long-lived",
                        "as long as the session, for a client",
                        realm -> realm.clientAttribute(SPA, "access.token.lifespan", "-1")),
                warning("access-tokens-long-lived", "an hour in the implicit flow, which a client uses", realm -> {
                    realm.with("accessTokenLifespanForImplicitFlow", "3600");
                    realm.client(SPA).put("implicitFlowEnabled", true);
                }),
                warning(
                        "full-scope-allowed",
                        "for a client",
                        realm -> realm.client(SPA).put("fullScopeAllowed", true)),
                warning(
                        "organization-attributes-in-tokens",
                        "by stock's membership mapper",
                        realm -> realm.clientMapper(
                                SPA,
                                "oidc-organization-membership-mapper",
                                "{\"addOrganizationAttributes\":\"true\",\"claim.name\":\"organization\"}")),
                warning(
                        "organization-groups-in-tokens",
                        "by stock's group mapper",
                        realm -> realm.clientMapper(
                                SPA, "oidc-organization-group-membership-mapper", "{\"access.token.claim\":\"true\"}")),
                error(
                        "client-tenants-unreadable",
                        "a list of nothing",
                        realm -> realm.clientAttribute(SPA, "tenant.allowed", " , ")),
                warning(
                        "client-tenant-unknown",
                        "a misspelt alias",
                        realm -> realm.clientAttribute(SPA, "tenant.allowed", "northbank, harbour")),
                warning("client-tenants-twice", "a mapper and an attribute", realm -> {
                    realm.clientAttribute(SPA, "tenant.allowed", "northbank");
                    realm.clientMapper(SPA, "tenant-client-rules", "{\"tenant.allowed\":\"northbank\"}");
                }),
                warning(
                        "client-rules-optional",
                        "a mapper in an optional scope",
                        realm -> realm.optionalScope(SPA, "tenant-client-rules", "{\"tenant.allowed\":\"northbank\"}")),
                error(
                        "reserved-name-written",
                        "a user attribute as the tenant",
                        realm -> realm.clientMapper(
                                SPA,
                                "oidc-usermodel-attribute-mapper",
                                "{\"claim.name\":\"tenant_id\",\"user.attribute\":\"locale\"}")),
                error(
                        "reserved-name-written",
                        "a constant among the roles",
                        realm -> realm.clientMapper(
                                BATCH,
                                "oidc-hardcoded-claim-mapper",
                                "{\"claim.name\":\"tenant_roles.0\",\"claim.value\":\"admin\"}")),
                error(
                        "tenant-mapper-unusable",
                        "a SAML client's mapper with an attribute that is Keycloak's",
                        realm -> realm.samlClient(
                                "tenant-saml-attributes", "{\"tenant.id.attribute\":\"organization\"}")),
                error(
                        "tenant-mapper-unusable",
                        "a SAML client's mapper with roles of a client that is not there",
                        realm -> realm.samlClient("tenant-saml-attributes", "{\"tenant.roles.client\":\"gone\"}")),
                error(
                        "client-tenants-unreadable",
                        "a SAML client's list of nothing",
                        realm -> realm.samlClient("tenant-saml-attributes", "{\"tenant.allowed\":\",\"}")),
                warning(
                        "client-tenant-unknown",
                        "a SAML client's misspelt alias",
                        realm -> realm.samlClient("tenant-saml-attributes", "{\"tenant.allowed\":\"harbour\"}")),
                error("reserved-name-written", "a SAML client's constant as the tenant", realm -> {
                    realm.samlClient("tenant-saml-attributes", "{}");
                    realm.clientMapper(
                            LendingRealm.SAML, "saml-hardcode-attribute-mapper", "{\"attribute.name\":\"tenant_id\"}");
                }),
                warning(
                        "tenant-switch-without-effect",
                        "neither true nor false",
                        realm -> realm.clientAttribute(API, "tenant.switch", "yes")),
                warning(
                        "tenant-switch-without-effect",
                        "a client that may not exchange tokens",
                        realm -> realm.clientAttribute(BATCH, "tenant.switch", "true")),
                warning("tenant-switch-without-effect", "a client of one tenant", realm -> {
                    realm.clientAttribute(API, "tenant.switch", "true");
                    realm.clientAttribute(API, "tenant.allowed", "northbank");
                }));
    }

    private static Stream<Planted> tenants() {
        return Stream.of(
                error(
                        "tenant-id-unusable",
                        "an alias with a comma",
                        realm -> realm.organization("harbor").put("alias", "harbor,credit")),
                warning("tenant-id-not-a-host-name", "an alias with an underscore", realm -> {
                    realm.attribute("tenant.host.pattern", "{tenant}.login.example");
                    realm.organization("harbor").put("alias", "harbor_credit");
                }),
                error(
                        "login-provider-unusable",
                        "another tenant's identity provider",
                        realm -> realm.organizationAttribute(
                                "harbor", "login.identity-provider", "northbank-corporate")),
                error("login-provider-unusable", "a disabled identity provider", realm -> {
                    realm.organizationAttribute("northbank", "login.identity-provider", "northbank-corporate");
                    realm.provider().put("enabled", false);
                }),
                error(
                        "login-level-unusable",
                        "no number",
                        realm -> realm.organizationAttribute("harbor", "login.level", "high")),
                error(
                        "login-level-unreachable",
                        "a flow without levels",
                        realm -> realm.organizationAttribute("harbor", "login.level", "2")),
                error(
                        "host-pattern-unusable",
                        "no place for the tenant",
                        realm -> realm.attribute("tenant.host.pattern", "login.example")));
    }

    private static Stream<Planted> flows() {
        return Stream.of(
                warning(
                        "tenant-access-missing",
                        "stock's browser flow",
                        realm -> realm.with("browserFlow", "\"browser\"")),
                error("tenant-access-missing", "stock's browser flow, and a tenant that demands something", realm -> {
                    realm.with("browserFlow", "\"browser\"");
                    realm.organizationAttribute("northbank", "login.identity-provider", "northbank-corporate");
                }),
                error(
                        "tenant-access-skippable",
                        "among the alternatives",
                        realm -> realm.steps("lender sign-in forms")
                                .add(realm.outOfFlow("lender browser", "tenant-access"))),
                error(
                        "tenant-access-missing-at-token-endpoint",
                        "stock's direct grant flow",
                        realm -> realm.with("directGrantFlow", "\"direct grant\"")),
                error(
                        "tenant-access-missing-after-provider",
                        "no post-login flow",
                        realm -> realm.provider().remove("postBrokerLoginFlowAlias")));
    }

    private static Stream<Planted> passwords() {
        return Stream.of(
                error(
                        "tenant-policy-off",
                        "rules of tenants, not asked for",
                        realm -> realm.with("passwordPolicy", "\"length(8) and notUsername\"")),
                error(
                        "password-rule-unusable",
                        "a misspelt rule",
                        realm -> realm.organizationAttribute("harbor", "password-policy", "lenght(12)")),
                error(
                        "password-rule-unusable",
                        "an unreadable grace period",
                        realm -> realm.organizationAttribute("harbor", "password-policy-grace-days", "soon")),
                error(
                        "password-rules-contradict",
                        "within a tenant",
                        realm -> realm.organizationAttribute(
                                "harbor", "password-policy", "length(20)", "maxLength(16)")),
                error("password-rules-contradict", "with the realm", realm -> {
                    realm.with("passwordPolicy", "\"length(16) and tenantPolicy\"");
                    realm.organizationAttribute("harbor", "password-policy", "maxLength(14)");
                }),
                warning(
                        "password-rules-contradict",
                        "between two tenants without a member in common",
                        realm -> realm.organizationAttribute("harbor", "password-policy", "maxLength(12)")),
                new Planted(
                        "between two tenants with a member in common",
                        "ERROR",
                        "password-rules-contradict",
                        realm -> realm.organizationAttribute("harbor", "password-policy", "maxLength(12)"),
                        Planted::memberOfBoth));
    }

    private static void memberOfBoth(TestRealm realm) {
        String user =
                realm.user("maya", java.util.Map.of("credentials", List.of())).id();
        List<java.util.Map<String, Object>> organizations =
                realm.admin().get("/organizations").jsonPath().getList("");
        organizations.forEach(organization -> realm.admin()
                .body('"' + user + '"')
                .post("/organizations/{id}/members", organization.get("id"))
                .then()
                .statusCode(201));
    }

    private static Stream<Planted> brokering() {
        return Stream.of(
                error("identity-provider-without-rules", "no mapper", LendingRealm::withoutRules),
                error(
                        "roles-attribute-missing",
                        "a table of roles, and no attribute",
                        realm -> realm.roles("", "Branches/Branch managers")),
                warning("roles-group-missing", "another lender's group", realm -> realm.roles("roles", "Lending desk")),
                error(
                        "first-login-without-guard",
                        "the guard taken out",
                        realm -> realm.outOfFlow(FIRST_LOGIN, "tenant-link-guard")),
                warning(
                        "first-login-profile-open",
                        "stock's review page",
                        realm -> realm.inFlow(FIRST_LOGIN, "tenant-review-profile", "idp-review-profile")),
                error(
                        "first-login-without-proof",
                        "stock's automatic link",
                        realm -> realm.inFlow("lender link existing", "idp-confirm-link", "idp-auto-link")),
                error(
                        "domain-of-two-tenants",
                        "all below another's domain",
                        realm -> realm.organization("harbor")
                                .withArray("/domains")
                                .addObject()
                                .put("name", "*.northbank.example")),
                error(
                        "rules-settings-unusable",
                        "an age that is no number",
                        realm -> realm.rules("authn.max.age", "often")),
                error(
                        "unsigned-assertions-accepted",
                        "by the provider's settings, and no rule asks",
                        realm -> realm.providerConfig("wantAssertionsSigned", "false")
                                .rules("assertion.signed", "false")),
                warning("issuer-not-checked", "no entity ID", realm -> realm.providerConfig("idpEntityId", "")),
                error(
                        "certificate-missing",
                        "neither pasted nor fetched",
                        realm -> realm.providerConfig("useMetadataDescriptorUrl", "false")));
    }

    private static Stream<Planted> revocation() {
        return Stream.of(error(
                "revocation-listener-off",
                "not among the realm's",
                realm -> realm.with("eventsListeners", "[\"jboss-logging\"]")));
    }

    private static Stream<Planted> brands() {
        return Stream.of(
                warning(
                        "brand-value-unusable",
                        "a colour that closes the style sheet",
                        realm -> realm.organization("harbor")
                                .withObject("/attributes")
                                .putArray("branding.color")
                                .add("#123456}body{background:red")),
                warning(
                        "brand-host-unusable",
                        "an address in place of a host",
                        realm -> realm.attribute("branding.hosts", "https://images.lending.example")),
                warning(
                        "brand-host-blocked",
                        "a host that the realm's own policy forbids",
                        realm -> realm.attribute("branding.hosts", "images.lending.example")),
                warning(
                        "brand-not-shown",
                        "Keycloak's own login theme",
                        realm -> realm.with("loginTheme", "\"keycloak.v2\"")));
    }
}
