package io.tenantry.repository;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pages of this build's Keycloak that our login theme shows. */
public final class StockPages {
    private static final Pattern TEMPLATE = Pattern.compile("theme/(?:base|keycloak[.]v2)/login/(.+)[.]ftl");
    private static final Pattern TAKEN_IN = Pattern.compile("<#(?:import|include) \"([^\"]+)[.]ftl\"");

    private StockPages() {}

    /** The names of all templates but those that others take in, such as {@code login-otp}. */
    public static Set<String> names() throws IOException {
        Map<String, String> templates = StockThemes.files(TEMPLATE.asMatchPredicate());
        Set<String> names = templates.keySet().stream()
                .map(path -> TEMPLATE.matcher(path).replaceFirst("$1"))
                .collect(Collectors.toCollection(TreeSet::new));
        templates
                .values()
                .forEach(text -> TAKEN_IN.matcher(text).results().forEach(part -> names.remove(part.group(1))));
        return names;
    }
}
