package io.tenantry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelectorTest {
    @ParameterizedTest
    @EnumSource(RevocationKind.class)
    void survivesTheWireWhateverItsPartsHold(RevocationKind kind) {
        List<String> parts = List.of("onrtac:{a}:b%2C/ü 😀+", "~_-.9").subList(0, kind.arity());
        Selector selector = new Selector(kind, parts);
        assertThat(Selector.parse(kind, selector.encodedParts())).isEqualTo(selector);
        assertThat(selector.encodedParts()).matches("[A-Za-z0-9._~%:-]*");
    }

    @Test
    void aTokenIsCoveredByEveryKindItsClaimsAllow() {
        assertThat(Selector.ofToken("j", "s", "u", "t", "c"))
                .extracting(Selector::kind)
                .containsExactlyInAnyOrder(RevocationKind.values());
        assertThat(Selector.ofToken(null, null, null, null, null)).containsExactly(Selector.realm());
        assertThat(Selector.ofToken("j", null, "u", null, "c"))
                .containsExactlyInAnyOrder(
                        Selector.realm(),
                        Selector.jti("j"),
                        Selector.sub("u"),
                        Selector.azp("c"),
                        Selector.grant("c", "u"));
    }

    @Test
    void partsOfTwoKindsNeverShareAKey() {
        RedisKeys keys = new RedisKeys("tenantry", "lending");
        assertThat(keys.cutoff(Selector.member("a", "b:c"))).isNotEqualTo(keys.cutoff(Selector.member("a:b", "c")));
    }

    @Test
    void refusesAShapeThatCannotBe() {
        assertThatThrownBy(() -> new Selector(RevocationKind.MEMBER, List.of("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("member");
        assertThatThrownBy(() -> Selector.sid("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Selector.sid("x".repeat(Selector.MAX_PART_LENGTH + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        for (String broken : List.of("%", "%4", "%ZZ", "a b", "ü", "a:b")) {
            assertThatThrownBy(() -> Selector.parse(RevocationKind.SID, broken))
                    .as(broken)
                    .isInstanceOf(MalformedEntryException.class);
        }
    }
}
