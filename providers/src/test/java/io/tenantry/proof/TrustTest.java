package io.tenantry.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustTest {
    private static final Trust NORTH = new Trust.Within(Set.of("north"));
    private static final Trust BOTH = new Trust.Within(Set.of("north", "harbor"));

    @Test
    void countsForItsOwnTenantsAlone() {
        assertThat(Trust.anywhere().covers("any")).isTrue();
        assertThat(BOTH.coversAll(List.of("north", "harbor"))).isTrue();
        assertThat(NORTH.coversAll(List.of("north", "harbor"))).isFalse();
        assertThat(Trust.nowhere().covers("north")).isFalse();
        assertThat(Trust.nowhere().coversAll(List.of()))
                .as("of an account without a tenant")
                .isTrue();
    }

    @Test
    void neverWidens() {
        assertThat(Trust.anywhere().and(NORTH)).isEqualTo(NORTH);
        assertThat(NORTH.and(Trust.anywhere())).isEqualTo(NORTH);
        assertThat(NORTH.and(BOTH)).isEqualTo(NORTH);
        assertThat(NORTH.and(new Trust.Within(Set.of("harbor")))).isEqualTo(Trust.nowhere());
        assertThat(Trust.nowhere().and(Trust.anywhere())).isEqualTo(Trust.nowhere());
    }

    @Test
    void isReadBackAsItWasStored() {
        for (Trust trust : List.of(Trust.anywhere(), Trust.nowhere(), NORTH, BOTH)) {
            assertThat(Trust.parse(trust.text())).isEqualTo(trust);
            assertThat(trust.text()).as("Oracle stores no empty text").isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "everywhere", "Anywhere", "anywhere\nnorth", "north", "\nwithin\nnorth"})
    void textOfSomethingElseCountsNowhere(String text) {
        assertThat(Trust.parse(text)).isEqualTo(Trust.nowhere());
    }
}
