package io.tenantry.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {
    /** {"tenant_id":"northbank","tenant_roles":["underwriter"]}. */
    private static final String TOKEN =
            "e30.eyJ0ZW5hbnRfaWQiOiJub3J0aGJhbmsiLCJ0ZW5hbnRfcm9sZXMiOlsidW5kZXJ3cml0ZXIiXX0.c2ln";

    @Test
    void everySideRunsForthAndBackAndEachBeginsInTurn() {
        Side a = side("a", () -> TOKEN);
        Side b = side("b", () -> TOKEN);

        assertThat(Rounds.order(List.of(a, b), 0)).containsExactly(a, b, b, a);
        assertThat(Rounds.order(List.of(a, b), 1)).containsExactly(b, a, a, b);
        assertThat(Rounds.order(List.of(a, b), 2)).containsExactly(a, b, b, a);
    }

    @Test
    void countOfRequestsIsBoundedByThePlan() {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger prepared = new AtomicInteger();
        Side side = side("a", () -> {
            asked.incrementAndGet();
            return TOKEN;
        });
        try (Load load = new Load()) {
            List<Round> rounds = new Rounds(load, prepared::incrementAndGet)
                    .run(List.of(side), new Plan(3, 1, Duration.ofMinutes(1), Duration.ZERO, 5));

            assertThat(rounds).hasSize(3);
            assertThat(asked).hasValue(3 * 2 * 5);
            assertThat(prepared).hasValue(3 * 2);
        }
    }

    @Test
    void roundsThatDoNotFitIntoTheTimeFailTheRun() {
        try (Load load = new Load()) {
            Rounds rounds = new Rounds(load, () -> {});
            Plan plan = new Plan(3, 3, Duration.ZERO, Duration.ZERO, 1);
            List<Side> sides = List.of(side("a", () -> TOKEN));

            assertThatThrownBy(() -> rounds.run(sides, plan))
                    .isInstanceOf(BenchmarkException.class)
                    .hasMessageContaining("only 0 rounds");
        }
    }

    @Test
    void tokenThatDoesNotTellTheFactsFailsTheRun() {
        try (Load load = new Load()) {
            Side other =
                    new Side("a", List.of(() -> TOKEN), token -> TokenFacts.OURS.check(token, "harbor", "underwriter"));
            assertThatThrownBy(() -> load.run(other, 1))
                    .isInstanceOf(BenchmarkException.class)
                    .hasMessageContaining("does not say harbor and underwriter")
                    .hasMessageNotContaining(TOKEN);
        }
    }

    @Test
    void throughputRatioIsTheInverseOfTheTimeRatio() {
        Round round = new Round(Map.of("ours", 200L, "stock", 100L));

        assertThat(round.timeRatio("ours", "stock")).isEqualTo(2);
        assertThat(round.throughputRatio("ours", "stock")).isEqualTo(0.5);
    }

    private static Side side(String name, Source source) {
        return new Side(name, List.of(source), token -> TokenFacts.OURS.check(token, "northbank", "underwriter"));
    }
}
