package io.tenantry.realmfile;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.common.util.StringPropertyReplacer;

/**
 * The <code>${NAME}</code> and <code>${NAME:default}</code> of a realm file, which Keycloak fills from its environment
 * before it reads the file.
 *
 * @param environment of the server that will import the file, as far as it is known
 */
record Placeholders(Map<String, String> environment) {
    /** Upper case only: <code>${role_admin}</code> and the like are Keycloak's own message keys. */
    private static final Pattern WITHOUT_DEFAULT = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)}");

    private static final Pattern WHOLE = Pattern.compile("\\$\\{[^{}]+}");

    /** The text as Keycloak will read it, by Keycloak's own replacement. */
    String filled(String text) {
        return StringPropertyReplacer.replaceProperties(text, environment::get);
    }

    /** Those that Keycloak would leave as they stand. */
    Stream<String> unfilled(String text) {
        return WITHOUT_DEFAULT
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(name -> !environment.containsKey(name));
    }

    /** Whether a text is one placeholder and nothing else; a reference to Keycloak's vault is one as well. */
    static boolean isOne(String text) {
        return WHOLE.matcher(text).matches();
    }
}
