package io.tenantry.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What one Keycloak node is started with.
 *
 * @param options of {@code kc.sh start}, without the leading dashes
 * @param environment added to this process's own
 * @param realms files to import at start, unless the realm exists
 * @param admin the bootstrap administrator
 * @param httpPort on 127.0.0.1
 * @param managementPort on 127.0.0.1
 */
record NodeSettings(
        Map<String, String> options,
        Map<String, String> environment,
        List<Path> realms,
        KeycloakServer.AdminAccount admin,
        int httpPort,
        int managementPort) {

    /** Only the names: values may be secrets. */
    @Override
    public String toString() {
        return "NodeSettings[options=" + options.keySet() + ", environment=" + environment.keySet() + "]";
    }
}
