package io.tenantry.benchmarks;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A realm of users and clients, with everything else as stock makes it. */
final class PlainRealm {
    static final String PASSWORD = "Development-only-42";

    /** Where an application would be; nothing listens there. */
    static final String REDIRECT = "http://application.example/callback";

    /** What {@code realm-config} signs with on both sides: the quicker the signature, the more a mapper weighs. */
    static final String ES256 = "ES256";

    /** Stock's default. */
    static final String RS256 = "RS256";

    private static final String USER = "plain@brokers.example";

    private final Site site;
    private final String name;

    private PlainRealm(Site site, String name) {
        this.site = site;
        this.name = name;
    }

    static PlainRealm create(Site site, String name, boolean organizations) {
        site.admin()
                .post(
                        "/realms",
                        Map.of(
                                "realm",
                                name,
                                "enabled",
                                true,
                                "organizationsEnabled",
                                organizations,
                                // Long enough that what is introspected does not expire meanwhile
                                "accessTokenLifespan",
                                3_600));
        return new PlainRealm(site, name);
    }

    /** Someone of a realm that has no organizations, through a client without mappers of its own but for the audience. */
    static Applicant applicant(Site site) {
        PlainRealm realm = create(site, "brokers", false);
        realm.user(USER, "Paul", "Plain");
        return new Applicant(
                realm.client("app", ES256, Map.of(), List.of(Mapper.ownAudience("app"))), USER, "", TokenFacts.PLAIN);
    }

    /** Relative to the admin API. */
    String path() {
        return "/realms/" + name;
    }

    /** Makes someone; returns the id. */
    String user(String email, String firstName, String lastName) {
        return site.admin()
                .post(
                        path() + "/users",
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
    }

    /**
     * Makes a confidential client with a service account, which may exchange tokens.
     *
     * @param more of its representation
     * @param mappers of its own, which speak in every document
     */
    Client client(String clientId, String algorithm, Map<String, Object> more, List<Mapper> mappers) {
        String secret = "benchmark-of-" + clientId;
        Map<String, Object> representation = new HashMap<>(Map.of(
                "clientId",
                clientId,
                "publicClient",
                false,
                "secret",
                secret,
                "standardFlowEnabled",
                true,
                "redirectUris",
                List.of(REDIRECT),
                "directAccessGrantsEnabled",
                true,
                "serviceAccountsEnabled",
                true,
                "attributes",
                Map.of("access.token.signed.response.alg", algorithm, "standard.token.exchange.enabled", "true")));
        representation.putAll(more);
        String id = site.admin().post(path() + "/clients", representation);
        mappers.forEach(mapper ->
                site.admin().post(path() + "/clients/" + id + "/protocol-mappers/models", mapper.representation()));
        URI protocol = URI.create(site.keycloak().baseUri() + path() + "/protocol/openid-connect/");
        return new Client(site.http(), protocol, clientId, secret);
    }

    /** The id of the user behind a client's own account. */
    String serviceAccount(Client client) {
        String id = site.admin()
                .get(path() + "/clients?clientId=" + client.clientId())
                .path(0)
                .path("id")
                .asText();
        return site.admin()
                .get(path() + "/clients/" + id + "/service-account-user")
                .path("id")
                .asText();
    }

    /** One of a client's protocol mappers. */
    record Mapper(String type, Map<String, String> config) {
        /** Without it a client may not introspect its own tokens. */
        static Mapper ownAudience(String clientId) {
            return new Mapper("oidc-audience-mapper", Map.of("included.client.audience", clientId));
        }

        private Map<String, Object> representation() {
            Map<String, String> everywhere = new HashMap<>(Map.of(
                    "access.token.claim", "true",
                    "id.token.claim", "true",
                    "userinfo.token.claim", "true",
                    "introspection.token.claim", "true"));
            everywhere.putAll(config);
            return Map.of("name", type, "protocol", "openid-connect", "protocolMapper", type, "config", everywhere);
        }
    }
}
