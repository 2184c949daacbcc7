package io.tenantry.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void medianAndQuartilesAreThoseOfTheSortedValues() {
        Spread spread = Spread.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0));

        assertThat(spread.median()).isEqualTo(3);
        assertThat(spread.lower()).isEqualTo(2);
        assertThat(spread.upper()).isEqualTo(4);
        assertThat(spread.count()).isEqualTo(5);
    }

    @Test
    void medianOfAnEvenCountLiesBetweenTheMiddleTwo() {
        assertThat(Spread.of(List.of(1.0, 4.0)).median()).isCloseTo(2.5, within(1e-9));
    }

    @Test
    void intervalOfAHundredValuesIsThatOfTheOrderStatistics() {
        Spread spread = Spread.of(
                IntStream.rangeClosed(1, 100).mapToObj(Double::valueOf).toList());

        // The 40th and the 61st: Conover, Practical Nonparametric Statistics, 3.2
        assertThat(spread.from()).isEqualTo(40);
        assertThat(spread.to()).isEqualTo(61);
    }

    @Test
    void intervalOfFewValuesIsAllOfThem() {
        Spread spread = Spread.of(List.of(1.0, 2.0, 3.0));

        assertThat(spread.from()).isEqualTo(1);
        assertThat(spread.to()).isEqualTo(3);
    }

    @Test
    void outlierMovesTheMedianNoFurtherThanOneValue() {
        assertThat(Spread.of(List.of(1.0, 1.0, 1.0, 1.0, 900.0)).median()).isEqualTo(1);
    }

    @Test
    void nothingHasNoSpread() {
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
