package io.tenantry.verifier.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.contract.RedisKeys;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicaSettingsTest {
    private static final URI LOCAL = URI.create("redis://localhost");

    @Test
    void theDefaultsAreThese() {
        ReplicaSettings settings = ReplicaSettings.forRealm(LOCAL, "lending").build();
        assertThat(settings)
                .isEqualTo(new ReplicaSettings(
                        LOCAL,
                        Optional.empty(),
                        Optional.empty(),
                        new RedisKeys("tenantry", "lending"),
                        Duration.ofSeconds(30),
                        StalenessPolicy.REFUSE,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3)));
        assertThat(settings.port()).isEqualTo(6379);
        assertThat(settings.database()).isZero();
        assertThat(settings.tls()).isFalse();
    }

    @Test
    void theAddressTellsPortDatabaseAndTls() {
        ReplicaSettings settings = ReplicaSettings.forRealm(URI.create("rediss://redis.example:6380/3"), "lending")
                .build();
        assertThat(settings.port()).isEqualTo(6380);
        assertThat(settings.database()).isEqualTo(3);
        assertThat(settings.tls()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "localhost:6379",
                "redis:localhost",
                "redis://a:1,b:2",
                "redis://localhost/name",
                "redis://localhost/1/2",
                "redis://localhost?x=1",
                "redis+sentinel://localhost/mymaster",
                "redis://user:s3cret@localhost"
            })
    void anAddressItCannotUseIsRefusedWithoutRepeatingASecret(String uri) {
        assertThatThrownBy(() ->
                        ReplicaSettings.forRealm(URI.create(uri), "lending").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("uri is '")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void otherValuesOutOfBoundsAreRefusedByName() {
        assertThatThrownBy(() -> ReplicaSettings.forRealm(LOCAL, "lending")
                        .maxStaleness(Duration.ofSeconds(1))
                        .build())
                .hasMessageStartingWith("maxStaleness is 'PT1S'");
        assertThatThrownBy(() -> ReplicaSettings.forRealm(LOCAL, "lending")
                        .connectTimeout(Duration.ZERO)
                        .build())
                .hasMessageStartingWith("connectTimeout is 'PT0S'");
        assertThatThrownBy(() -> ReplicaSettings.forRealm(LOCAL, "lending")
                        .readTimeout(Duration.ofHours(1))
                        .build())
                .hasMessageStartingWith("readTimeout is 'PT1H'");
        assertThatThrownBy(() -> ReplicaSettings.forRealm(LOCAL, "").build())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
