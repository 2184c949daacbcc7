package io.tenantry.stack;

import java.util.Map;
import java.util.Set;

/**
 * The environment that a server sees: this process's own, without what would silently configure Keycloak or its Java,
 * and with what is set on purpose.
 */
final class ServerEnvironment {
    private static final Set<String> JAVA_SETTINGS = Set.of(
            "JAVA", "JAVA_HOME", "JAVA_OPTS", "JAVA_OPTS_APPEND", "JAVA_OPTS_KC_HEAP", "JAVA_ADD_OPENS", "JAVA_LOCALE");

    private ServerEnvironment() {}

    static void apply(Map<String, String> environment, String javaHome, Map<String, String> own) {
        environment.keySet().removeIf(ServerEnvironment::configuresTheServer);
        environment.put("JAVA_HOME", javaHome);
        environment.putAll(own);
    }

    private static boolean configuresTheServer(String name) {
        return name.startsWith("KC_")
                || name.startsWith("KCRAW_")
                || name.startsWith("QUARKUS_")
                || JAVA_SETTINGS.contains(name);
    }
}
