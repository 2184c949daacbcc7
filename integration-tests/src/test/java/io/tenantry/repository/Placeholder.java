package io.tenantry.repository;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A {@code ${NAME:default}} of a realm file, which Keycloak replaces when it imports.
 *
 * @param text the whole of it, as written
 */
record Placeholder(String text, String name, boolean hasDefault, String defaultValue) {

    private static final Pattern ANY = Pattern.compile("\\$\\{([^}:]*)(:?)([^}]*)}");
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

    static List<Placeholder> in(String text) {
        return ANY.matcher(text).results().map(Placeholder::of).toList();
    }

    private static Placeholder of(MatchResult match) {
        return new Placeholder(match.group(), match.group(1), !match.group(2).isEmpty(), match.group(3));
    }

    /** Named like an environment variable, with a default: Keycloak leaves any other as it stands, and may not start. */
    boolean isResolvable() {
        return NAME.matcher(name).matches() && hasDefault && !defaultValue.isBlank();
    }

    /** The default says what it is for, so that nobody takes it for a secret. */
    boolean isForDevelopmentOnly() {
        return defaultValue.startsWith("development-only") || defaultValue.startsWith("Development-only");
    }
}
