package io.tenantry.saml;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.keycloak.models.KeycloakSession;

/**
 * Keycloak's single-use store, which the cluster shares and which forgets by itself. Ids come from outside and may be
 * long, so what is stored is their hash.
 */
final class ReplayCache implements OnceOnly {
    private static final String PREFIX = "tenantry.saml.";

    private final KeycloakSession session;
    private final String provider;

    /**
     * A cache of one provider's assertions.
     *
     * @param provider its internal id: ids are unique for one provider only
     */
    ReplayCache(KeycloakSession session, String provider) {
        this.session = session;
        this.provider = provider;
    }

    @Override
    public boolean use(String id, Duration lifetime) {
        String key = PREFIX + hash(session.getContext().getRealm().getId() + '\n' + provider + '\n' + id);
        return session.singleUseObjects().putIfAbsent(key, lifetime.toSeconds() + 1);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
