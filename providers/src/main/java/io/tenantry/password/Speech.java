package io.tenantry.password;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.IDToken;
import org.keycloak.theme.Theme;

/** The language to speak in: the user's on its own pages, an admin's in the admin API. */
final class Speech {
    private Speech() {}

    static PolicyMessages to(@Nullable UserModel user, KeycloakSession session) {
        Locale locale = session.getContext().getBearerToken() instanceof IDToken admin
                ? tag(admin.getLocale())
                : session.getContext().resolveLocale(user);
        return in(locale, session);
    }

    static PolicyMessages in(Locale locale, KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        try {
            Theme theme = session.theme().getTheme(Theme.Type.LOGIN);
            return new PolicyMessages(theme.getEnhancedMessages(realm, locale), locale);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The login theme's messages cannot be read", unreadable);
        }
    }

    private static Locale tag(@Nullable String language) {
        return language == null ? Locale.ENGLISH : Locale.forLanguageTag(language);
    }
}
