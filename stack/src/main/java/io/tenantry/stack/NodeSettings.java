package io.tenantry.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
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

    /**
     * The environment, with the addresses that the realm files ask for unless they were given.
     *
     * @param publicUri where browsers reach the node
     * @param internalUri where it reaches itself
     */
    Map<String, String> environmentAt(URI publicUri, URI internalUri) {
        Map<String, String> all = new HashMap<>();
        all.put("KEYCLOAK_PUBLIC_URL", publicUri.toString());
        all.put("KEYCLOAK_INTERNAL_URL", internalUri.toString());
        all.putAll(environment);
        return all;
    }

    /** Only the names: values may be secrets. */
    @Override
    public String toString() {
        return "NodeSettings[options=" + options.keySet() + ", environment=" + environment.keySet() + "]";
    }
}
