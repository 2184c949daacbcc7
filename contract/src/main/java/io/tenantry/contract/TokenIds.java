package io.tenantry.contract;

import org.jspecify.annotations.Nullable;

/**
 * What Keycloak's token ids tell. Since 26.2 a {@code jti} begins with six letters and a colon; the first two name the
 * kind of session that the token comes from.
 */
public final class TokenIds {
    private static final int CONTEXT_LENGTH = 6;
    private static final String OFFLINE = "of";
    private static final String OFFLINE_WITHOUT_CLIENT_SESSION = "ft";

    private TokenIds() {}

    /**
     * Whether a token with this id comes from an offline session. Where the id does not tell, it does not: such a token
     * is refused a little longer, never too short.
     */
    public static boolean isOfOfflineSession(@Nullable String jti) {
        return jti != null
                && jti.indexOf(':') == CONTEXT_LENGTH
                && (jti.startsWith(OFFLINE) || jti.startsWith(OFFLINE_WITHOUT_CLIENT_SESSION));
    }
}
