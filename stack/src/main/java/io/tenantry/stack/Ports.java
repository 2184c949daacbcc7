package io.tenantry.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * The ports that a stack listens on, all on 127.0.0.1; 0 takes a free one.
 *
 * @param http Keycloak
 * @param management Keycloak's health and metrics
 * @param redis the Redis that the stack starts
 */
public record Ports(int http, int management, int redis) {
    /** What the demo uses unless told otherwise; away from the usual ports, which are likely taken. */
    public static final Ports DEMO = new Ports(8180, 9100, 6390);

    /** Free ones. */
    public static final Ports FREE = new Ports(0, 0, 0);

    /** The port, or a free one for 0. */
    static int orFree(int port) {
        if (port != 0) {
            return port;
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StackException("no free port on this machine", e);
        }
    }

    /** A free one between the two, first included; for protocols that derive further ports from it. */
    static int freeBetween(int first, int last) {
        for (int port = first; port <= last; port++) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException e) {
                // Taken: the next
            }
        }
        throw new StackException("no free port between " + first + " and " + last);
    }

    /**
     * Checks that a port is free, to say so before anything slow.
     *
     * @throws StackException naming the port and the option that changes it
     */
    static void requireFree(int port, String option) {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new StackException("port " + port + " is taken; choose another with " + option, e);
        }
    }
}
