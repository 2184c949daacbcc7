package io.tenantry.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private final List<String> closed = new ArrayList<>();
    private final Closing closing = new Closing();

    @Test
    void whatWasAddedLastIsClosedFirstAndOnlyOnce() {
        closing.add(() -> closed.add("database"));
        closing.add(() -> closed.add("server"));

        closing.closeAll();
        closing.closeAll();

        assertThat(closed).containsExactly("server", "database");
    }

    @Test
    void oneFailureKeepsNothingElseOpenAndIsReported() {
        closing.add(() -> closed.add("database"));
        closing.add(() -> {
            throw new IllegalStateException("stuck");
        });

        assertThatThrownBy(closing::closeAll)
                .isInstanceOf(StackException.class)
                .hasMessage("could not stop everything: stuck");
        assertThat(closed).containsExactly("database");
    }
}
