package io.tenantry.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class WayTest {
    private String before;

    @BeforeEach
    void remember() {
        before = System.getProperty(Way.PROPERTY);
        System.clearProperty(Way.PROPERTY);
    }

    @AfterEach
    void restore() {
        System.clearProperty(Way.PROPERTY);
        if (before != null) {
            System.setProperty(Way.PROPERTY, before);
        }
    }

    @Test
    void processesAreTheDefault() {
        assertThat(Way.configured()).isEqualTo(Way.PROCESS);
    }

    @Test
    void containersAreChosenByTheirWord() {
        System.setProperty(Way.PROPERTY, "container");

        assertThat(Way.configured()).isEqualTo(Way.CONTAINER);
    }

    @Test
    void anyOtherWordIsRefusedWithThoseThatAreUnderstood() {
        System.setProperty(Way.PROPERTY, "docker");

        assertThatThrownBy(Way::configured)
                .isInstanceOf(StackException.class)
                .hasMessage("-Dstack=docker: expected one of process, container");
    }
}
