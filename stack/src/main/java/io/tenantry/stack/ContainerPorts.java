package io.tenantry.stack;

import java.util.List;
import org.testcontainers.containers.GenericContainer;

/**
 * Publishes a container's ports on fixed ports of this machine. Docker gives a random one anew at each start, and a server
 * that was restarted must keep its address.
 */
final class ContainerPorts {
    private ContainerPorts() {}

    static String binding(int hostPort, int containerPort) {
        return "127.0.0.1:" + hostPort + ':' + containerPort;
    }

    static void publish(GenericContainer<?> container, String... bindings) {
        container.setPortBindings(List.of(bindings));
    }
}
