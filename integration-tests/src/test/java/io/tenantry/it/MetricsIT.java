package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantry.contract.RevocationKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Revocations in Keycloak's own metrics, read over HTTP. */
@WithServer
class MetricsIT {
    private static final String DETECTED = "tenantry_revocations_detected_total{kind=\"sid\"}";
    private static final String PUBLISHED = "tenantry_revocations_published_total{by=\"request\"}";
    private static final String PUBLISH = "tenantry_revocations_publish_seconds";

    @Test
    void everyMeterIsThereFromTheStart(TestServer server) {
        Metrics metrics = Metrics.of(server.keycloak());
        for (RevocationKind kind : RevocationKind.values()) {
            assertThat(metrics.value(DETECTED.replace("sid", kind.wireName()))).isNotNegative();
        }
        for (String by : new String[] {"request", "drainer", "heal"}) {
            assertThat(metrics.value(PUBLISHED.replace("request", by))).isNotNegative();
        }
        assertThat(metrics.value("tenantry_revocations_breaker_open")).isZero();
        assertThat(metrics.value("tenantry_revocations_pending")).isNotNegative();
    }

    @Test
    void aLogoutIsDetectedAndPublishedAndItsWaitIsMeasured(TestServer server, TestRealm realm) {
        TestClient app = realm.publicClient("app");
        Tokens tokens = app.password(realm.user("alice"), "openid");
        Metrics before = Metrics.of(server.keycloak());

        app.logout(tokens);

        Metrics after = Metrics.of(server.keycloak());
        for (String counter : new String[] {
            DETECTED,
            PUBLISHED,
            PUBLISH + "_count{outcome=\"published\"}",
            PUBLISH + "_bucket{outcome=\"published\",le=\"10.0\"}"
        }) {
            assertThat(after.value(counter)).as(counter).isGreaterThanOrEqualTo(before.value(counter) + 1);
        }
        assertThat(after.value(PUBLISH + "_sum{outcome=\"published\"}"))
                .isGreaterThan(before.value(PUBLISH + "_sum{outcome=\"published\"}"));
    }

    @Test
    void pageAlertsAndDashboardNameTheMetricsThatThereAreAndNoOthers(TestServer server) throws Exception {
        List<String> present = Metrics.of(server.keycloak()).names().stream()
                .filter(name -> name.startsWith("tenantry_revocations_"))
                .toList();
        List<String> known = Stream.concat(present.stream(), Stream.of("tenantry_token_over_budget_total"))
                .toList();
        Path docs = Path.of(System.getProperty("basedir")).resolveSibling("docs");
        String page = Files.readString(docs.resolve("operations.md"));
        String alerts = Files.readString(docs.resolve("alerts.yml"));
        String dashboard = Files.readString(docs.resolve("grafana/tenantry-dashboard.json"));

        assertThat(new Metrics(page).named()).containsExactlyInAnyOrderElementsOf(known);
        assertThat(new Metrics(alerts).named()).isNotEmpty().isSubsetOf(known);
        assertThat(new Metrics(dashboard).named()).isNotEmpty().isSubsetOf(known);
        Map<String, List<Map<String, List<Map<String, Object>>>>> rules = new Yaml().load(alerts);
        assertThat(rules.get("groups").get(0).get("rules")).allSatisfy(rule -> {
            assertThat(rule).containsKeys("alert", "expr", "labels", "annotations");
            assertThat(page).contains("| `" + rule.get("alert") + "` |");
        });
        assertThat(new ObjectMapper().readTree(dashboard).path("panels")).isNotEmpty();
    }

    @Test
    void aRefusedChangeIsNotCounted(TestServer server, TestRealm realm) {
        TestUser alice = realm.user("alice");
        realm.update(Map.of("passwordPolicy", "length(20)"));
        String users = DETECTED.replace("sid", "sub");
        double before = Metrics.of(server.keycloak()).value(users);

        assertThat(alice.resetPassword("short").statusCode()).isEqualTo(400);

        assertThat(Metrics.of(server.keycloak()).value(users)).isEqualTo(before);
    }

    @Test
    void watermarkAgeAndHealsFollowTheDrainer(TestServer server, TestRealm realm) throws InterruptedException {
        PublishedRevocations published = PublishedRevocations.of(realm);
        PublishedRevocations.await(
                "a data set", () -> published.redis().exists(published.keys().epoch()));
        double before = Metrics.of(server.keycloak()).value("tenantry_revocations_heals_total");
        published.redis().del(published.keys().epoch());
        PublishedRevocations.await(
                "a heal", () -> Metrics.of(server.keycloak()).value("tenantry_revocations_heals_total") > before);
        PublishedRevocations.await(
                "a young watermark",
                () -> Metrics.of(server.keycloak()).value("tenantry_revocations_watermark_age_seconds") < 10);
    }
}
