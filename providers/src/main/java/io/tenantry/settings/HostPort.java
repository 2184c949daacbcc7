package io.tenantry.settings;

/**
 * Where a server listens.
 *
 * @param host a name or an address, an IPv6 one without its brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if the host is empty or the port out of range
     */
    public HostPort {
        if (host.isBlank()) {
            throw new IllegalArgumentException("a host is missing");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port is not between 1 and " + MAX_PORT);
        }
    }

    static HostPort parse(String text, int defaultPort) {
        int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
        int colon = text.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? text : text.substring(0, colon);
        String bare = bracket > 0 && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (colon < 0) {
            return new HostPort(bare, defaultPort);
        }
        try {
            return new HostPort(bare, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            // Not quoted: in a malformed URI it may be a part of the password
            throw new IllegalArgumentException("a port is not a number");
        }
    }
}
