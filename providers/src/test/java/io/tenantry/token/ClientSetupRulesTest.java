package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tenantry.doctor.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ProtocolMapperModel;

class ClientSetupRulesTest {
    private static final String IN_EVERY_DOCUMENT = "access.token.claim id.token.claim lightweight.claim";
    private static final ProtocolMapperModel TENANT = mapper("tenant-claims-mapper", IN_EVERY_DOCUMENT);
    private static final ProtocolMapperModel SUBJECT = mapper("oidc-sub-mapper", "access.token.claim");
    private static final ProtocolMapperModel MEMBERSHIP =
            mapper("oidc-organization-membership-mapper", "access.token.claim");

    @Test
    void soundClientIsWell() {
        assertThat(checks(client(TENANT, SUBJECT))).isEmpty();
        assertThat(checks(
                        new ClientSetup("app", List.of(TENANT, SUBJECT), List.of(MEMBERSHIP), false, false, Map.of())))
                .isEmpty();
    }

    @Test
    void clientThatCanAskForOrganizationsNeedsTheMapper() {
        assertThat(checks(client(SUBJECT, MEMBERSHIP))).containsExactly("tenant-mapper-missing");
        assertThat(checks(client(SUBJECT))).isEmpty();
    }

    @Test
    void inATenantsOwnRealmEveryClientNeedsTheMapper() {
        assertThat(new ClientSetupRules(false, tenant -> true, client -> true)
                        .check(client(SUBJECT))
                        .map(Finding::check))
                .containsExactly("tenant-mapper-missing");
    }

    @Test
    void optionalScopeLeavesTokensWithoutTenant() {
        assertThat(checks(new ClientSetup("app", List.of(SUBJECT), List.of(TENANT), false, false, Map.of())))
                .containsExactly("tenant-mapper-optional");
    }

    @Test
    void lightweightTokensNeedTenantAndSubjectMarkedForThem() {
        ProtocolMapperModel notMarked = mapper("tenant-claims-mapper", "access.token.claim id.token.claim");
        assertThat(checks(new ClientSetup("app", List.of(notMarked, SUBJECT), List.of(), true, false, Map.of())))
                .containsExactly("tenant-not-in-access-token", "subject-missing");
        ProtocolMapperModel marked = mapper("oidc-sub-mapper", "access.token.claim lightweight.claim");
        assertThat(checks(new ClientSetup("app", List.of(TENANT, marked), List.of(), true, false, Map.of())))
                .isEmpty();
    }

    @Test
    void mapperWithoutSettingsIsReported() {
        ProtocolMapperModel empty = mapper("tenant-claims-mapper", "");
        empty.setConfig(null);
        assertThat(checks(client(empty, SUBJECT))).containsExactly("tenant-not-in-access-token");
    }

    @Test
    void rolesOfAClientThatIsGone() {
        ProtocolMapperModel mapper = mapper("tenant-claims-mapper", IN_EVERY_DOCUMENT);
        mapper.getConfig().put("tenant.roles.client", "gone");
        assertThat(checks(client(mapper, SUBJECT))).containsExactly("tenant-mapper-unusable");
    }

    @Test
    void lifespansAreJudgedByTheirNumber() {
        assertThat(checks(with("access.token.lifespan", "900"))).isEmpty();
        assertThat(checks(with("access.token.lifespan", ""))).isEmpty();
        assertThat(checks(with("access.token.lifespan", "long"))).isEmpty();
        assertThat(checks(with("access.token.lifespan", "901"))).containsExactly("access-tokens-long-lived");
        assertThat(checks(with("access.token.lifespan", "-1"))).containsExactly("access-tokens-long-lived");
    }

    @Test
    void listOfTenantsMustNameSomeThatExist() {
        assertThat(checks(with("tenant.allowed", "northbank"))).isEmpty();
        assertThat(checks(with("tenant.allowed", " , "))).containsExactly("client-tenants-unreadable");
        assertThat(checks(with("tenant.allowed", "northbank nowhere"))).containsExactly("client-tenant-unknown");
    }

    @Test
    void switchNeedsExchangeAndSeveralTenants() {
        Map<String, String> exchange = Map.of("standard.token.exchange.enabled", "true", "tenant.switch", "true");
        assertThat(checks(with(exchange))).isEmpty();
        assertThat(checks(with("tenant.switch", "false"))).isEmpty();
        assertThat(checks(with("tenant.switch", "on"))).containsExactly("tenant-switch-without-effect");
        assertThat(checks(with("tenant.switch", "true"))).containsExactly("tenant-switch-without-effect");
        Map<String, String> owned = new HashMap<>(exchange);
        owned.put("tenant.allowed", "northbank");
        assertThat(checks(with(owned))).containsExactly("tenant-switch-without-effect");
    }

    @Test
    void tenantsOfAClientStandInOnePlaceWhereTheyCount() {
        ProtocolMapperModel rules = mapper("tenant-client-rules", "");
        rules.getConfig().put("tenant.allowed", "northbank");
        assertThat(checks(client(TENANT, SUBJECT, rules))).isEmpty();
        assertThat(checks(client(TENANT, SUBJECT, rules, rules))).containsExactly("client-tenants-twice");
        assertThat(checks(new ClientSetup(
                        "app",
                        List.of(TENANT, SUBJECT, rules),
                        List.of(),
                        false,
                        false,
                        Map.of("tenant.allowed", "northbank"))))
                .containsExactly("client-tenants-twice");
        assertThat(checks(new ClientSetup("app", List.of(TENANT, SUBJECT), List.of(rules), false, false, Map.of())))
                .containsExactly("client-rules-optional");
    }

    @Test
    void settingsOfTheMapperAreJudgedAsTheAttributesAre() {
        ProtocolMapperModel rules = mapper("tenant-client-rules", "tenant.switch");
        rules.getConfig().put("tenant.allowed", "nowhere");
        assertThat(new ClientSetupRules(true, tenant -> false, client -> true).check(client(TENANT, SUBJECT, rules)))
                .extracting(Finding::check, Finding::where)
                .containsExactly(
                        tuple("client-tenant-unknown", "client app, mapper tenant-client-rules"),
                        tuple("tenant-switch-without-effect", "client app"));
    }

    @Test
    void realmsLifespansAreJudgedWhereTheyAreUsed() {
        assertThat(new TokenLifeRules(false).check(900, 3_600)).isEmpty();
        assertThat(new TokenLifeRules(true).check(901, 3_600))
                .extracting(Finding::where)
                .containsExactly(
                        "realm setting Access Token Lifespan", "realm setting Access Token Lifespan For Implicit Flow");
    }

    @Test
    void ownRealmsTenantIdMustFit() {
        assertThat(OwnRealmRules.check(null)).isEmpty();
        assertThat(OwnRealmRules.check("t".repeat(255))).isEmpty();
        assertThat(OwnRealmRules.check("t".repeat(256)))
                .extracting(Finding::check)
                .containsExactly("tenant-id-unusable");
    }

    private static ClientSetup client(ProtocolMapperModel... mappers) {
        return new ClientSetup("app", List.of(mappers), List.of(), false, false, Map.of());
    }

    private static ClientSetup with(String attribute, String value) {
        return with(Map.of(attribute, value));
    }

    private static ClientSetup with(Map<String, String> attributes) {
        return new ClientSetup("app", List.of(TENANT, SUBJECT), List.of(), false, false, attributes);
    }

    private static List<String> checks(ClientSetup client) {
        return new ClientSetupRules(true, tenant -> tenant.value().equals("northbank"), Set.of("app")::contains)
                .check(client)
                .map(Finding::check)
                .toList();
    }

    private static ProtocolMapperModel mapper(String type, String switchedOn) {
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setName(type);
        mapper.setProtocolMapper(type);
        Map<String, String> config = new HashMap<>();
        Stream.of(switchedOn.split(" ")).forEach(setting -> config.put(setting, "true"));
        mapper.setConfig(config);
        return mapper;
    }
}
