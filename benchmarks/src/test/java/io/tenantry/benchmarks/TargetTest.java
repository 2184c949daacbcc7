package io.tenantry.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void boundItselfMeetsAllButTheStrictOne() {
        assertThat(Target.atLeast(0.97).metBy(0.97)).isTrue();
        assertThat(Target.atMost(0.65).metBy(0.65)).isTrue();
        assertThat(Target.below(1024).metBy(1024)).isFalse();
    }

    @Test
    void wrongSideOfTheBoundMisses() {
        assertThat(Target.atLeast(0.97).metBy(0.969)).isFalse();
        assertThat(Target.atMost(1.5).metBy(1.501)).isFalse();
        assertThat(Target.below(1024).metBy(1023)).isTrue();
    }

    @Test
    void figureWithoutATargetIsNeitherMetNorMissed() {
        assertThat(new Figure("a", 3, "3", "", Target.NONE).verdict()).isEmpty();
        assertThat(new Figure("a", 3, "3", "", Target.atMost(2)).verdict()).isEqualTo("MISSED");
        assertThat(new Figure("a", 3, "3", "", Target.atMost(3)).verdict()).isEqualTo("met");
    }
}
