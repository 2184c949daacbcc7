package io.tenantry.password;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.policy.PolicyError;
import org.keycloak.representations.IDToken;
import org.keycloak.theme.Theme;

/** The language to speak in: the user's on its own pages, an admin's in the admin API. */
final class Speech {
    private Speech() {}

    static PolicyMessages to(@Nullable UserModel user, KeycloakSession session) {
        return in(locale(user, session), session);
    }

    /** All that was found, as one error for whoever asked; at least one. */
    static PolicyError error(List<Finding> findings, @Nullable UserModel user, KeycloakSession session) {
        Locale locale = locale(user, session);
        PolicyMessages messages = in(locale, session);
        // The admin API translates a key into the language of the admin's token, which a lightweight one does not tell
        boolean untold = session.getContext().getBearerToken() instanceof IDToken admin
                && !locale.equals(tag(admin.getLocale()));
        return untold ? messages.spoken(findings) : messages.error(findings);
    }

    private static Locale locale(@Nullable UserModel user, KeycloakSession session) {
        if (!(session.getContext().getBearerToken() instanceof IDToken token)) {
            return session.getContext().resolveLocale(user);
        }
        UserSessionModel admin = session.getContext().getUserSession();
        String own = token.getLocale() != null || admin == null
                ? token.getLocale()
                : admin.getUser().getFirstAttribute(UserModel.LOCALE);
        return tag(own);
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
