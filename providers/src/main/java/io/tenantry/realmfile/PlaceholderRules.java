package io.tenantry.realmfile;

import java.util.Set;

/** Decides whether everything that differs from place to place, or is secret, comes from outside of the file. */
final class PlaceholderRules {
    /** Settings that hold a secret, wherever they stand. */
    private static final Set<String> SECRETS = Set.of(
            "bindCredential",
            "clientSecret",
            "keyPassword",
            "keystorePassword",
            "password",
            "privateKey",
            "registrationAccessToken",
            "secret",
            "secretData",
            "totpSecret");

    /** What Keycloak's own export writes instead of a secret. */
    private static final String MASKED = "**********";

    private PlaceholderRules() {}

    static void defaults(Place written, Placeholders placeholders, Problems problems) {
        written.all()
                .filter(place -> place.node().isTextual())
                .forEach(place -> placeholders
                        .unfilled(place.text())
                        .forEach(name -> problems.add(
                                place,
                                "The placeholder ${" + name + "} has no default, and " + name
                                        + " is not set here: Keycloak would take its text for the value.",
                                "Write ${" + name + ":…} with a default, or set " + name
                                        + " where this check and the import run.")));
    }

    static void secrets(Place written, Problems problems) {
        written.all()
                .forEach(place -> place.fields().forEach((key, value) -> {
                    if (SECRETS.contains(key)) {
                        secret(value, key, problems);
                    } else if ("credentials".equals(key)) {
                        value.each().forEach(credential -> secret(credential.at("value"), "value", problems));
                    }
                }));
    }

    private static void secret(Place place, String key, Problems problems) {
        // A component's settings are lists
        place.each().forEach(element -> secret(element, key, problems));
        if (place.node().isTextual()
                && !place.text().isEmpty()
                && !MASKED.equals(place.text())
                && !Placeholders.isOne(place.text())) {
            problems.add(
                    place,
                    "The secret " + key + " is written out, so everybody who can read the file knows it.",
                    "Write a placeholder, such as ${MY_SECRET:a default for development}, and change the secret that"
                            + " was here.");
        }
    }
}
