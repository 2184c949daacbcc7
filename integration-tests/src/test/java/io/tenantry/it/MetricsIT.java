package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.RevocationKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
