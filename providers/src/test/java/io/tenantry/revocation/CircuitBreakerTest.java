package io.tenantry.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private final CircuitBreaker breaker = new CircuitBreaker();

    @Test
    void eachReasonIsNewsOnceUntilItSucceedsAgain() {
        assertThat(breaker.failed("refused")).isTrue();
        assertThat(breaker.failed("refused")).isFalse();
        assertThat(breaker.failed("wrong password")).isTrue();
        assertThat(breaker.failed("refused")).isFalse();
        assertThat(breaker.problem()).contains("refused");
        assertThat(breaker.succeeded()).isTrue();
        assertThat(breaker.succeeded()).isFalse();
        assertThat(breaker.problem()).isEmpty();
        assertThat(breaker.failed("refused")).isTrue();
    }

    @Test
    void reasonsThatAreAlwaysNewFillNoLog() {
        int news = 0;
        for (int i = 0; i < 1_000; i++) {
            news += breaker.failed("port " + i) ? 1 : 0;
        }
        assertThat(news).isEqualTo(10);
    }
}
