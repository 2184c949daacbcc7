package io.tenantry.token;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.models.Constants;
import org.keycloak.models.UserSessionModel;
import org.keycloak.util.JsonSerialization;

/** How a user session began, by the notes that Keycloak keeps with it. */
final class SessionLogin {
    private SessionLogin() {}

    /** The alias of the identity provider that vouched for the user; null if none did. */
    static @Nullable String identityProvider(UserSessionModel session) {
        return session.getNote(Details.IDENTITY_PROVIDER);
    }

    /** The highest level of authentication reached in it, 0 where the login flow counts none. */
    static int level(UserSessionModel session) {
        String levels = session.getNote(Constants.LOA_MAP);
        if (levels == null) {
            return 0;
        }
        try {
            Map<Integer, Integer> reachedAt = JsonSerialization.readValue(levels, new TypeReference<>() {});
            return reachedAt.keySet().stream().max(Integer::compare).orElse(0);
        } catch (IOException e) {
            throw new IllegalStateException("the levels of authentication in a user session cannot be read", e);
        }
    }
}
