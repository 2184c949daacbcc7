package io.tenantry.stack;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The <code>${NAME}</code> and <code>${NAME:default}</code> of a realm file, which Keycloak fills from its environment.
 * It leaves one without value and default as it is, and starts with a realm that nobody meant: so this is checked before.
 */
public final class EnvPlaceholders {
    /** Upper case only: <code>${role_admin}</code> and the like are Keycloak's own message keys. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(:[^}]*)?}");

    private EnvPlaceholders() {}

    /**
     * Checks that every placeholder has a value or a default.
     *
     * @throws StackException naming the file and those that have not
     */
    public static void check(String file, String text, Map<String, String> environment) {
        Set<String> missing = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (matcher.group(2) == null && !environment.containsKey(name)) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw new StackException(file + " needs " + String.join(", ", missing)
                    + ": set in the environment, or give a default as in ${NAME:default}");
        }
    }

    /** The text with their values, as Keycloak would read it. */
    public static String filled(String text, Map<String, String> environment) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(environment.getOrDefault(
                        match.group(1),
                        match.group(2) == null ? match.group() : match.group(2).substring(1))));
    }
}
