package io.tenantry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class StreamEntryTest {
    private static final Instant CUTOFF = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final Revocation REVOCATION =
            new Revocation("r1", Selector.member("northbank", "u:1"), CUTOFF, CUTOFF.plusSeconds(330), "logout");

    @Test
    void theWireFormatIsAPromise() {
        assertThat(new StreamEntry.Revoked(REVOCATION).toFields())
                .containsExactly(
                        Map.entry("id", "r1"),
                        Map.entry("kind", "member"),
                        Map.entry("selector", "northbank:u%3A1"),
                        Map.entry("cutoff", "1700000000123"),
                        Map.entry("exp", "1700000330123"),
                        Map.entry("cause", "logout"));
        assertThat(new StreamEntry.Watermark(CUTOFF).toFields())
                .containsExactly(Map.entry("watermark", "1700000000123"));
    }

    @Test
    void theKeysAreAPromise() {
        RedisKeys keys = new RedisKeys("tenantry", "lending {x}");
        assertThat(keys.stream()).isEqualTo("{tenantry:lending%20%7Bx%7D}:stream");
        assertThat(keys.epoch()).isEqualTo("{tenantry:lending%20%7Bx%7D}:epoch");
        assertThat(keys.watermark()).isEqualTo("{tenantry:lending%20%7Bx%7D}:watermark");
        assertThat(keys.cutoff(Selector.realm())).isEqualTo("{tenantry:lending%20%7Bx%7D}:realm");
        assertThat(keys.cutoff(Selector.jti("onrtac:1"))).isEqualTo("{tenantry:lending%20%7Bx%7D}:jti:onrtac%3A1");
    }

    @Test
    void readsWhatItWroteAndIgnoresWhatItDoesNotKnow() {
        for (StreamEntry entry : List.of(new StreamEntry.Revoked(REVOCATION), new StreamEntry.Watermark(CUTOFF))) {
            Map<String, String> fields = new HashMap<>(entry.toFields());
            fields.put("later", "a later version's field");
            assertThat(StreamEntry.parse(fields)).isEqualTo(entry);
        }
    }

    @Test
    void refusesEntriesThatItCannotRead() {
        for (String field : List.of("id", "kind", "selector", "cutoff", "exp", "cause")) {
            Map<String, String> fields = new HashMap<>(new StreamEntry.Revoked(REVOCATION).toFields());
            fields.remove(field);
            assertThatThrownBy(() -> StreamEntry.parse(fields))
                    .isInstanceOf(MalformedEntryException.class)
                    .hasMessageContaining(field);
        }
        for (Map.Entry<String, String> bad : Map.of(
                        "kind", "planet", "selector", "one", "cutoff", "soon", "exp", "1", "cause", "")
                .entrySet()) {
            Map<String, String> fields = new HashMap<>(new StreamEntry.Revoked(REVOCATION).toFields());
            fields.put(bad.getKey(), bad.getValue());
            assertThatThrownBy(() -> StreamEntry.parse(fields))
                    .as(bad.getKey())
                    .isInstanceOf(MalformedEntryException.class);
        }
        assertThatThrownBy(() -> StreamEntry.parse(Map.of("watermark", "x")))
                .isInstanceOf(MalformedEntryException.class);
    }

    @Test
    void aSecurityEventTokenIsOneMoreFieldAndComesBack() {
        Revocation told = REVOCATION.withSecurityEvent("header.payload.signature");
        Map<String, String> fields = new StreamEntry.Revoked(told).toFields();
        assertThat(fields).containsEntry("set", "header.payload.signature");
        assertThat(new StreamEntry.Revoked(REVOCATION).toFields()).doesNotContainKey("set");
        assertThat(StreamEntry.parse(fields)).isEqualTo(new StreamEntry.Revoked(told));
    }

    @Test
    void aSecurityEventTokenOutOfBoundsCostsNobodyTheRevocation() {
        for (String token : new String[] {"", "x".repeat(Revocation.MAX_SECURITY_EVENT_LENGTH + 1)}) {
            Map<String, String> fields = new HashMap<>(new StreamEntry.Revoked(REVOCATION).toFields());
            fields.put("set", token);
            assertThat(StreamEntry.parse(fields)).isEqualTo(new StreamEntry.Revoked(REVOCATION));
            assertThatThrownBy(() -> REVOCATION.withSecurityEvent(token)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anEntryThatLacksWhatEveryRevocationHasIsNoPublishers() {
        for (String field : List.of("kind", "selector", "cutoff", "exp")) {
            Map<String, String> fields = new HashMap<>(new StreamEntry.Revoked(REVOCATION).toFields());
            fields.remove(field);
            assertThat(expiryOfUnreadable(fields)).as(field).isEmpty();
        }
        for (Map<String, String> stray : List.of(
                Map.of("hello", "world"),
                Map.of("kind", "device"),
                Map.of("watermark", "x"),
                Map.of("kind", "sid", "selector", "s", "cutoff", "soon", "exp", "1"))) {
            assertThat(expiryOfUnreadable(stray)).as(stray.toString()).isEmpty();
        }
    }

    @Test
    void anEntryThatANewerPublisherMayHaveWrittenSaysUntilWhenItMatters() {
        for (Map.Entry<String, String> later : Map.of(
                        "kind", "planet", "selector", "one", "id", "x".repeat(37), "cause", "x".repeat(65))
                .entrySet()) {
            Map<String, String> fields = new HashMap<>(new StreamEntry.Revoked(REVOCATION).toFields());
            fields.put(later.getKey(), later.getValue());
            assertThat(expiryOfUnreadable(fields)).as(later.getKey()).contains(REVOCATION.expiresAt());
        }
    }

    private static Optional<Instant> expiryOfUnreadable(Map<String, String> fields) {
        return assertThatThrownBy(() -> StreamEntry.parse(fields))
                .asInstanceOf(InstanceOfAssertFactories.throwable(MalformedEntryException.class))
                .actual()
                .expiresAt();
    }

    @Test
    void everyKindOfEntryIsHandedToTheOneThatTakesIt() {
        List<String> taken = new ArrayList<>();
        for (StreamEntry entry : List.of(new StreamEntry.Revoked(REVOCATION), new StreamEntry.Watermark(CUTOFF))) {
            entry.match(revoked -> taken.add("revoked " + (revoked == entry)), w -> taken.add("at " + w.at()));
        }
        assertThat(taken).containsExactly("revoked true", "at " + CUTOFF);
    }
}
