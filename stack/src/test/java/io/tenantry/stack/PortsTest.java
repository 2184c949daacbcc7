package io.tenantry.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void aTakenPortIsNamedWithTheOptionThatChangesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> Ports.requireFree(port, "--port"))
                    .isInstanceOf(StackException.class)
                    .hasMessage("port " + port + " is taken; choose another with --port");
        }
    }

    @Test
    void zeroIsAnyFreePort() {
        assertThatCode(() -> Ports.requireFree(0, "--port")).doesNotThrowAnyException();
        assertThat(Ports.orFree(0)).isPositive();
        assertThat(Ports.orFree(8180)).isEqualTo(8180);
    }

    @Test
    void theSearchPassesATakenPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(Ports.freeBetween(port, port + 200)).isGreaterThan(port);
        }
    }
}
