package io.tenantry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherSettingsTest {
    @Test
    void withoutAnyOptionThereIsNoRedisAndEveryDefaultHolds() {
        assertThat(read(Map.of()))
                .isEqualTo(
                        new PublisherSettings(null, null, "tenantry", Duration.ofMillis(250), Duration.ofSeconds(60)));
    }

    @Test
    void everyOptionIsRead() {
        assertThat(read(Map.of(
                        "uri", "rediss://cache.example:6380/3",
                        "username", "keycloak",
                        "password", "s3cret",
                        "prefix", "lend.prod",
                        "publish-timeout", "1000",
                        "clock-skew", "5")))
                .isEqualTo(new PublisherSettings(
                        new RedisAddress.Single(new HostPort("cache.example", 6380), 3, true),
                        new Credentials("keycloak", "s3cret"),
                        "lend.prod",
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5)));
    }

    @Test
    void everyFormOfUriIsRead() {
        assertThat(address("redis://localhost"))
                .isEqualTo(new RedisAddress.Single(new HostPort("localhost", 6379), 0, false));
        assertThat(address("redis://[::1]:7000/0"))
                .isEqualTo(new RedisAddress.Single(new HostPort("::1", 7000), 0, false));
        assertThat(address("rediss-sentinel://a,b:5000/2?master=m&sentinel-username=u&sentinel-password=p%26"))
                .isEqualTo(new RedisAddress.Sentinels(
                        "m",
                        List.of(new HostPort("a", 26379), new HostPort("b", 5000)),
                        new Credentials("u", "p&"),
                        2,
                        true));
        assertThat(address("REDIS-CLUSTER://a:1,b:2"))
                .isEqualTo(new RedisAddress.Cluster(List.of(new HostPort("a", 1), new HostPort("b", 2)), false));
    }

    @ParameterizedTest
    @CsvSource({"redis://u:p%40%2F+@h, u, p@/+", "redis://:p@h, , p", "'redis-cluster://u:a:b@h1,h2', u, a:b"})
    void credentialsMayStandInTheUri(String uri, String username, String password) {
        assertThat(read(Map.of("uri", uri)).credentials()).isEqualTo(new Credentials(username, password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:6379",
                "http://localhost",
                "redis://",
                "redis://h:x",
                "redis://h:70000",
                "redis://h/one",
                "redis://h/-1",
                "redis://a,b",
                "redis://h?timeout=1",
                "redis://user@h",
                "redis-sentinel://h",
                "redis-sentinel://h?master=",
                "redis-sentinel://h?master=m&sentinel-username=u",
                "redis-sentinel://h?master=m&master=n",
                "redis-cluster://a,b/1",
                "redis-cluster://a,,b"
            })
    void anUnreadableUriIsRefusedNamingTheOptionAndTheRemedy(String uri) {
        assertThatThrownBy(() -> address(uri))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("--spi-events-listener--redis-revocations--uri is '")
                .hasMessageContaining("redis-sentinel://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://user:SECRET@h:x",
                "redis://user:SEC/RET?SECRET@h",
                "redis://user:12345678SEC/@h",
                "user:SECRET@h",
                "redis://:%SECRET@h",
                "http://user:SECRET@h",
                "redis-sentinel://h?sentinel-password=SECRET",
                "redis-sentinel://h?master=m&sentinel-password=%SECRET"
            })
    void aRefusalNeverShowsAPassword(String uri) {
        assertThatThrownBy(() -> address(uri))
                .isInstanceOf(InvalidSettingException.class)
                .message()
                .doesNotContain("SEC");
        assertThat(new Credentials("u", "SECRET").toString()).doesNotContain("SECRET");
    }

    @ParameterizedTest
    @CsvSource({
        "publish-timeout, soon",
        "publish-timeout, 9",
        "publish-timeout, 10001",
        "publish-timeout, 99999999999999999999",
        "clock-skew, -1",
        "clock-skew, 3601",
        "clock-skew, 9223372036854775807",
        "prefix, a b",
        "prefix, ''"
    })
    void aValueOutOfItsRangeIsRefusedNamingTheOption(String name, String value) {
        assertThatThrownBy(() -> read(Map.of("uri", "redis://h", name, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("--spi-events-listener--redis-revocations--" + name + " is '" + value);
    }

    @Test
    void credentialsThatCannotBeMeantAreRefused() {
        assertRefused(Map.of("uri", "redis://h", "username", "u"), "username");
        assertRefused(Map.of("uri", "redis://:p@h", "password", "q"), "password");
        assertRefused(Map.of("password", "q"), "uri");
    }

    private static void assertRefused(Map<String, String> options, String named) {
        assertThatThrownBy(() -> read(options))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("--spi-events-listener--redis-revocations--" + named);
    }

    private static RedisAddress address(String uri) {
        return read(Map.of("uri", uri)).address();
    }

    private static PublisherSettings read(Map<String, String> options) {
        return PublisherSettings.from(options::get);
    }
}
