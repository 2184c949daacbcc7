package io.tenantry.revocation;

import java.time.Duration;
import java.util.List;

/** How long the longest-lived access token of a realm is valid. */
public final class LongestTokenLifetime {
    private LongestTokenLifetime() {}

    /**
     * The longest of the realm's lifespans and its clients' overrides.
     *
     * @param accessToken the realm's, in seconds; -1 for as long as the session
     * @param implicitFlow the same for the implicit flow
     * @param sessionMax how long a session lasts at most
     * @param rememberedSessionMax the same where the user asked to be remembered; 0 for no difference
     * @param clientOverrides the texts of the clients' attribute, unset ones among them
     */
    public static Duration of(
            int accessToken, int implicitFlow, int sessionMax, int rememberedSessionMax, List<String> clientOverrides) {
        int session = Math.max(sessionMax, rememberedSessionMax);
        int longest = Math.max(lifespan(accessToken, session), lifespan(implicitFlow, session));
        for (String override : clientOverrides) {
            longest = Math.max(longest, override(override, session));
        }
        return Duration.ofSeconds(longest);
    }

    private static int override(String text, int session) {
        try {
            return text.isBlank() ? 0 : lifespan(Integer.parseInt(text.trim()), session);
        } catch (NumberFormatException e) {
            // Keycloak issues that client no token at all
            return 0;
        }
    }

    private static int lifespan(int seconds, int session) {
        return seconds < 0 ? session : seconds;
    }
}
