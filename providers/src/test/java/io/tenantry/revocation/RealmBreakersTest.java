package io.tenantry.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.revocation.PublishException.Reach;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RealmBreakersTest {
    private final RealmBreakers breakers = new RealmBreakers();

    @Test
    void aRealmsTroubleIsItsOwn() {
        assertThat(breakers.failed("a", "WRONGTYPE", Reach.REALM)).isTrue();
        assertThat(breakers.isOpen("a")).isTrue();
        assertThat(breakers.isOpen("b")).isFalse();
        assertThat(breakers.isOpenForEvery()).isFalse();
        assertThat(breakers.isAnyOpen()).isTrue();
        assertThat(breakers.failing()).isEqualTo(1);
        assertThat(breakers.problem("a")).contains("WRONGTYPE");
        assertThat(breakers.problem("b")).isEmpty();
        assertThat(breakers.succeeded("b")).isFalse();
        assertThat(breakers.isOpen("a")).isTrue();
        assertThat(breakers.succeeded("a")).isTrue();
        assertThat(breakers.isAnyOpen()).isFalse();
    }

    @Test
    void whereNobodyAnswersNoRealmTriesUntilSomebodyDoes() {
        assertThat(breakers.failed("a", "down", Reach.EVERY_REALM)).isTrue();
        assertThat(breakers.failed("b", "down", Reach.EVERY_REALM))
                .as("no news")
                .isFalse();
        assertThat(breakers.isOpen("c")).isTrue();
        assertThat(breakers.problem("c")).contains("down");
        assertThat(breakers.succeeded("b")).isTrue();
        assertThat(breakers.isOpen("c")).isFalse();
    }

    @Test
    void whoRefusesOneRealmAnswersTheOthers() {
        breakers.failed("a", "down", Reach.EVERY_REALM);
        breakers.answered();
        assertThat(breakers.failed("a", "READONLY", Reach.REALM)).isTrue();
        assertThat(breakers.isOpen("a")).isTrue();
        assertThat(breakers.isOpen("b")).isFalse();
    }

    @Test
    void realmsThatAreNoneAnyMoreAreForgotten() {
        breakers.failed("a", "x", Reach.REALM);
        breakers.retain(Set.of("b"));
        assertThat(breakers.isAnyOpen()).isFalse();
    }
}
