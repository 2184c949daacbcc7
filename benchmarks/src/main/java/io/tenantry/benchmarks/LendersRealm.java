package io.tenantry.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.tenantry.stack.KeycloakServer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A realm as stock makes it, with one lender and one role there. Its clients differ in nothing but the mapper that
 * tells the role. It has no event listener of ours, so that only issuing is compared.
 */
final class LendersRealm {
    /** As long as {@code lending}: the issuer is part of a token's size. */
    static final String NAME = "lenders";

    static final String TENANT = "northbank";
    static final String ROLE = "underwriter";
    static final String PASSWORD = "Development-only-42";

    /** What {@code realm-config} signs with on both sides: the quicker the signature, the more a mapper weighs. */
    static final String ES256 = "ES256";

    /** Stock's default. */
    static final String RS256 = "RS256";

    private static final String OUR_MAPPER = "tenant-claims-mapper";
    private static final String PATH = "/realms/" + NAME;

    private final KeycloakServer keycloak;
    private final Admin admin;
    private final Http http;
    private final String organization;
    private final String group;

    private LendersRealm(KeycloakServer keycloak, Admin admin, Http http, String organization, String group) {
        this.keycloak = keycloak;
        this.admin = admin;
        this.http = http;
        this.organization = organization;
        this.group = group;
    }

    static LendersRealm create(KeycloakServer keycloak, Admin admin, Http http) {
        admin.post("/realms", Map.of("realm", NAME, "enabled", true, "organizationsEnabled", true));
        admin.post(PATH + "/roles", Map.of("name", ROLE));
        String organization = organization(admin, TENANT);
        String group = admin.post(groups(organization), Map.of("name", "Underwriting"));
        JsonNode role = admin.get(PATH + "/roles/" + ROLE);
        admin.post(groups(organization) + "/" + group + "/role-mappings/realm", List.of(role));
        return new LendersRealm(keycloak, admin, http, organization, group);
    }

    /** Makes a user who has the role at the lender; returns the id. */
    String member(String email, String firstName, String lastName) {
        String user = admin.post(
                PATH + "/users",
                Map.of(
                        "username",
                        email,
                        "enabled",
                        true,
                        "email",
                        email,
                        "emailVerified",
                        true,
                        "firstName",
                        firstName,
                        "lastName",
                        lastName,
                        "credentials",
                        List.of(Map.of("type", "password", "value", PASSWORD, "temporary", false))));
        join(user);
        return user;
    }

    /** Makes a client whose tokens are made by stock alone. */
    Client stockClient(String clientId, String algorithm, boolean ownAccount) {
        return client(
                clientId,
                algorithm,
                ownAccount,
                "oidc-organization-group-membership-mapper",
                Map.of("addGroupRoleMappings", "true"),
                Map.of());
    }

    /** Makes a client with our mapper, set as in {@code realm-config}, and stock's default scopes. */
    Client ourClient(String clientId, String algorithm, boolean ownAccount, int warnAbove) {
        return client(clientId, algorithm, ownAccount, OUR_MAPPER, ourSettings(warnAbove), Map.of());
    }

    /** Makes a client with our mapper and scopes as {@code lending-api} has them in {@code realm-config}. */
    Client leanClient(String clientId) {
        return client(
                clientId,
                ES256,
                false,
                OUR_MAPPER,
                ourSettings(1_024),
                Map.of(
                        "fullScopeAllowed",
                        false,
                        "defaultClientScopes",
                        List.of("basic"),
                        "optionalClientScopes",
                        List.of("organization", "profile", "email")));
    }

    private static Map<String, String> ourSettings(int warnAbove) {
        return Map.of(
                "tenant.id.claim", "tenant_id",
                "tenant.roles.claim", "tenant_roles",
                "tenant.roles.source", "realm-roles",
                "tenant.required", "true",
                "tenant.bytes.warn", Integer.toString(warnAbove),
                "tenant.bytes.limit", "4096");
    }

    /** Makes an organization without members. */
    void otherTenant(String alias) {
        organization(admin, alias);
    }

    /** Has the server forget what it knows about users, as it does for those who have not been seen for long. */
    void forgetUsers() {
        admin.post(PATH + "/clear-user-cache", null);
    }

    private Client client(
            String clientId,
            String algorithm,
            boolean ownAccount,
            String mapper,
            Map<String, String> config,
            Map<String, Object> scopes) {
        String secret = "benchmark-of-" + clientId;
        Map<String, Object> representation = new HashMap<>(Map.of(
                "clientId",
                clientId,
                "publicClient",
                false,
                "secret",
                secret,
                "standardFlowEnabled",
                false,
                "directAccessGrantsEnabled",
                true,
                "serviceAccountsEnabled",
                ownAccount,
                "attributes",
                Map.of("access.token.signed.response.alg", algorithm)));
        representation.putAll(scopes);
        String id = admin.post(PATH + "/clients", representation);
        Map<String, String> everywhere = new HashMap<>(Map.of(
                "access.token.claim", "true",
                "id.token.claim", "true",
                "userinfo.token.claim", "true",
                "introspection.token.claim", "true"));
        everywhere.putAll(config);
        admin.post(
                PATH + "/clients/" + id + "/protocol-mappers/models",
                Map.of("name", "role", "protocol", "openid-connect", "protocolMapper", mapper, "config", everywhere));
        if (ownAccount) {
            join(admin.get(PATH + "/clients/" + id + "/service-account-user")
                    .path("id")
                    .asText());
        }
        URI tokens = URI.create(keycloak.baseUri() + PATH + "/protocol/openid-connect/token");
        return new Client(http, tokens, clientId, secret);
    }

    private void join(String user) {
        admin.post(PATH + "/organizations/" + organization + "/members", user);
        admin.put(groups(organization) + "/" + group + "/members/" + user, null);
    }

    private static String organization(Admin admin, String alias) {
        return admin.post(
                PATH + "/organizations",
                Map.of("name", alias, "alias", alias, "domains", List.of(Map.of("name", alias + ".example"))));
    }

    private static String groups(String organization) {
        return PATH + "/organizations/" + organization + "/groups";
    }
}
