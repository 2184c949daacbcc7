package io.tenantry.repository;

import java.nio.file.Path;
import java.util.Locale;

/** A picture in docs/images, which a browser test takes at the screen that a page of the documentation shows. */
public enum DocsPicture {
    CONSOLE_ADD_MAPPER,
    CONSOLE_ADD_RULES,
    CONSOLE_ADD_STEP,
    CONSOLE_CLAIMS_MAPPER,
    CONSOLE_CLIENT_RULES,
    CONSOLE_EVENT_LISTENER,
    CONSOLE_FLOW,
    CONSOLE_LOCALIZATION,
    CONSOLE_OIDC_RULES,
    CONSOLE_ORGANIZATION,
    CONSOLE_PASSWORD_POLICY,
    CONSOLE_SAML_ROLES,
    CONSOLE_SAML_RULES,
    CONSOLE_STEP,
    CONSOLE_THEMES,
    DOCTOR,
    LOGIN,
    LOGIN_DARK,
    MAIL,
    PASSWORD,
    REFUSED,
    SELECT;

    /** The file's name, without its ending. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where it is. */
    public Path file() {
        return folder().resolve(title() + ".png");
    }

    /** Where all are. */
    static Path folder() {
        return Repository.ROOT.resolve("docs/images");
    }
}
