package io.tenantry.it.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.Tokens;
import io.tenantry.it.WithServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A client with two mappers of ours, one that cannot be used, or one whose scope tokens do not name. */
@WithServer
class MapperSettingsIT {
    private static final String MAPPER = "tenant-claims-mapper";

    /** Several strict ones, which write into no token, as nobody sets in which order mappers run. */
    @Test
    void ofTwoTheStricterRequirementHolds(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        for (int i = 0; i < 5; i++) {
            app.mapper("strict " + i, MAPPER, Map.of("tenant.required", "true"));
        }

        assertThat(app.password(lenders.alice(), "openid").error()).isEqualTo("invalid_scope");
        assertThat(app.password(lenders.alice(), "openid organization:harbor").accessClaims())
                .containsEntry("tenant_id", "harbor");
    }

    @Test
    void ofTwoTheSmallerBudgetHolds(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = Lenders.mapped(realm.confidentialClient("app"), Map.of("tenant.bytes.limit", "8000"));
        assertThat(app.password(lenders.alice(), "openid organization:harbor").status())
                .isEqualTo(200);

        app.mapper("the small one", MAPPER, Map.of("tenant.bytes.warn", "300", "tenant.bytes.limit", "400"));

        Tokens refused = app.password(lenders.alice(), "openid organization:harbor");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errorDescription()).contains("400");
    }

    @Test
    void oneThatCannotBeUsedGivesNothingAwayAndIsNoErrorOfTheServer(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        TestClient app = lenders.client("app");
        Tokens held = app.password(lenders.alice(), "openid organization:harbor");
        breakMapper(app);

        Response introspected = app.introspect(held.accessToken());
        assertThat(introspected.statusCode()).as(introspected.asString()).isEqualTo(200);
        assertThat(introspected.jsonPath().getBoolean("active")).isFalse();
        Response userinfo = app.userinfo(held.accessToken());
        assertThat(userinfo.statusCode()).as(userinfo.asString()).isEqualTo(401);
        assertThat(userinfo.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(app.refresh(held).status()).isEqualTo(400);
        assertThat(app.password(lenders.alice(), "openid organization:harbor").status())
                .isEqualTo(400);
    }

    @Test
    void userinfoAndIntrospectionSayTheTenantOfAScopeThatTokensDoNotName(TestRealm realm) {
        Lenders lenders = Lenders.in(realm);
        String scope = Lenders.scope(realm, "lender", Map.of("include.in.token.scope", "false"), Lenders.EVERYWHERE);
        TestClient app = realm.confidentialClient("app");
        app.audience(app);
        realm.admin()
                .put("/clients/{id}/optional-client-scopes/{scope}", app.id(), scope)
                .then()
                .statusCode(204);

        Tokens tokens = app.password(lenders.alice(), "openid lender organization:harbor");

        assertThat(List.of(
                        tokens.accessClaims(),
                        app.userinfo(tokens.accessToken()).jsonPath().<String, Object>getMap(""),
                        app.introspect(tokens.accessToken()).jsonPath().<String, Object>getMap("")))
                .allSatisfy(document -> assertThat(document)
                        .containsEntry("tenant_id", "harbor")
                        .containsEntry("tenant_roles", List.of("analyst", "underwriter")));
    }

    /** By the client as a whole, where Keycloak does not ask whether a mapper's settings are good. */
    private static void breakMapper(TestClient app) {
        Map<String, Object> client =
                app.realm().admin().get("/clients/{id}", app.id()).jsonPath().getMap("");
        List<Map<String, Object>> mappers = app.realm()
                .admin()
                .get("/clients/{id}/protocol-mappers/models", app.id())
                .jsonPath()
                .getList("");
        mappers.stream()
                .filter(mapper -> MAPPER.equals(mapper.get("protocolMapper")))
                .forEach(mapper -> {
                    Map<String, Object> config = new HashMap<>(Lenders.EVERYWHERE);
                    config.put("tenant.required", "yes");
                    mapper.put("config", config);
                });
        client.put("protocolMappers", mappers);
        app.realm().admin().body(client).put("/clients/{id}", app.id()).then().statusCode(204);
    }
}
