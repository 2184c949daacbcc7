package io.tenantry.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A realm with one lender and one role there, and with the pack in use or without. Its clients differ in their mappers. */
final class LendersRealm {
    static final String TENANT = "northbank";
    static final String SCOPE = "organization:" + TENANT;
    static final String ROLE = "underwriter";

    /** As long as {@code lending}: the issuer is part of a token's size. */
    private static final String NAME = "lenders";

    /** As long as the other. */
    private static final String UNUSED_NAME = "holders";

    private static final String OUR_MAPPER = "tenant-claims-mapper";
    private static final String STOCK_MAPPER = "oidc-organization-group-membership-mapper";

    /** Nobody signs in with it but the user whom each measurement makes. */
    private static final String USER = "single@brokers.example";

    private final Site site;
    private final PlainRealm realm;
    private final String organization;
    private final String group;

    private LendersRealm(Site site, PlainRealm realm, String organization, String group) {
        this.site = site;
        this.realm = realm;
        this.organization = organization;
        this.group = group;
    }

    /** As stock makes it: nothing in it is of the pack, whichever server it is on. */
    static LendersRealm create(Site site) {
        return create(site, NAME);
    }

    /** The same under another name, for a server that has {@link #create} too. */
    static LendersRealm createUnused(Site site) {
        return create(site, UNUSED_NAME);
    }

    private static LendersRealm create(Site site, String name) {
        PlainRealm realm = PlainRealm.create(site, name, true);
        Admin admin = site.admin();
        admin.post(realm.path() + "/roles", Map.of("name", ROLE));
        String organization = organization(admin, realm, TENANT);
        String group = admin.post(groups(realm, organization), Map.of("name", "Underwriting"));
        JsonNode role = admin.get(realm.path() + "/roles/" + ROLE);
        admin.post(groups(realm, organization) + "/" + group + "/role-mappings/realm", List.of(role));
        return new LendersRealm(site, realm, organization, group);
    }

    /** Puts to use what {@code realm-config} has beside the mapper: the event listener, and the step of a sign-in. */
    void guard() {
        Admin admin = site.admin();
        String flow = realm.path() + "/authentication/flows/guarded";
        admin.post(realm.path() + "/authentication/flows/direct%20grant/copy", Map.of("newName", "guarded"));
        admin.post(flow + "/executions/execution", Map.of("provider", "tenant-access"));
        for (JsonNode execution : admin.get(flow + "/executions")) {
            if (execution.path("providerId").asText().equals("tenant-access")) {
                // With all that it says: what is left out, such as its place, is reset
                admin.put(flow + "/executions", ((ObjectNode) execution).put("requirement", "REQUIRED"));
            }
        }
        admin.put(
                realm.path(),
                Map.of("directGrantFlow", "guarded", "eventsListeners", List.of("jboss-logging", "redis-revocations")));
    }

    /** Someone who has the role, through a client of ours. */
    Applicant ours(int warnAbove) {
        member(USER, "Sina", "Single");
        return new Applicant(
                client("ours", PlainRealm.ES256, Map.of(), ourMapper(warnAbove), PlainRealm.Mapper.ownAudience("ours")),
                USER,
                SCOPE,
                TokenFacts.OURS);
    }

    /** The same through a client of stock's mappers. */
    Applicant stock() {
        member(USER, "Sina", "Single");
        return new Applicant(
                client("stock", PlainRealm.ES256, Map.of(), stockMapper(), PlainRealm.Mapper.ownAudience("stock")),
                USER,
                SCOPE,
                TokenFacts.STOCK);
    }

    /** Makes a user who has the role at the lender; returns the id. */
    String member(String email, String firstName, String lastName) {
        String user = realm.user(email, firstName, lastName);
        join(user);
        return user;
    }

    /** Makes a client whose tokens are made by stock alone. */
    Client stockClient(String clientId, String algorithm) {
        return client(clientId, algorithm, Map.of(), stockMapper());
    }

    /** Makes a client with our mapper, set as in {@code realm-config}, and stock's default scopes. */
    Client ourClient(String clientId, int warnAbove) {
        return client(clientId, PlainRealm.ES256, Map.of(), ourMapper(warnAbove));
    }

    /** Makes a client with our mapper and scopes as {@code lending-api} has them in {@code realm-config}. */
    Client leanClient(String clientId) {
        return client(
                clientId,
                PlainRealm.ES256,
                Map.of(
                        "fullScopeAllowed",
                        false,
                        "defaultClientScopes",
                        List.of("basic"),
                        "optionalClientScopes",
                        List.of("organization", "profile", "email")),
                ourMapper(1_024));
    }

    private static PlainRealm.Mapper stockMapper() {
        return new PlainRealm.Mapper(STOCK_MAPPER, Map.of("addGroupRoleMappings", "true"));
    }

    private static PlainRealm.Mapper ourMapper(int warnAbove) {
        return new PlainRealm.Mapper(
                OUR_MAPPER,
                Map.of(
                        "tenant.id.claim", "tenant_id",
                        "tenant.roles.claim", "tenant_roles",
                        "tenant.roles.source", "realm-roles",
                        "tenant.required", "true",
                        "tenant.bytes.warn", Integer.toString(warnAbove),
                        "tenant.bytes.limit", "4096"));
    }

    /** Makes organizations without members. */
    void otherTenants(String aliasPrefix, int count) {
        for (int i = 0; i < count; i++) {
            organization(site.admin(), realm, aliasPrefix + i);
        }
    }

    /** Has the server forget what it knows about users, as it does for those who have not been seen for long. */
    void forgetUsers() {
        site.admin().post(realm.path() + "/clear-user-cache", null);
    }

    private Client client(String clientId, String algorithm, Map<String, Object> more, PlainRealm.Mapper... mappers) {
        Client client =
                realm.client(clientId, algorithm, more, Stream.of(mappers).toList());
        join(realm.serviceAccount(client));
        return client;
    }

    private void join(String user) {
        site.admin().post(realm.path() + "/organizations/" + organization + "/members", user);
        site.admin().put(groups(realm, organization) + "/" + group + "/members/" + user, null);
    }

    private static String organization(Admin admin, PlainRealm realm, String alias) {
        return admin.post(
                realm.path() + "/organizations",
                Map.of("name", alias, "alias", alias, "domains", List.of(Map.of("name", alias + ".example"))));
    }

    private static String groups(PlainRealm realm, String organization) {
        return realm.path() + "/organizations/" + organization + "/groups";
    }
}
