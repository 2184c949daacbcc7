package io.tenantry.token;

import io.tenantry.tenant.IssueCutoffs;
import java.util.Comparator;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RevokedTokenProvider;
import org.keycloak.models.RevokedTokenProviderFactory;

/**
 * Keycloak's list of revoked tokens, to which all that is revoked belongs: Keycloak asks it wherever it takes an access
 * token back, at introspection, userinfo, token exchange, authorization services, its account and admin APIs.
 * docs/decisions/0003-introspection.md says why it stands here.
 */
public final class TenantRevokedTokenProviderFactory implements RevokedTokenProviderFactory<RevokedTokenProvider> {
    private static final String ID = "tenantry";

    @Override
    public RevokedTokenProvider create(KeycloakSession session) {
        return new Provider(session, keycloaks(session));
    }

    /** Keycloak's own: which one it is depends on where sessions are kept. */
    private static RevokedTokenProvider keycloaks(KeycloakSession session) {
        String id = session.getKeycloakSessionFactory()
                .getProviderFactoriesStream(RevokedTokenProvider.class)
                .filter(factory -> !factory.getId().equals(ID))
                .max(Comparator.comparingInt(factory -> factory.order()))
                .orElseThrow(() -> new IllegalStateException("Keycloak has no list of revoked tokens"))
                .getId();
        return session.getProvider(RevokedTokenProvider.class, id);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }

    /** Before Keycloak's, whichever it is. */
    @Override
    public int order() {
        return 1_000;
    }

    private record Provider(KeycloakSession session, RevokedTokenProvider keycloaks) implements RevokedTokenProvider {
        @Override
        public boolean put(String id, long lifespanSeconds) {
            return keycloaks.put(id, lifespanSeconds);
        }

        @Override
        public boolean contains(String id) {
            return keycloaks.contains(id)
                    || (IssueCutoffs.kept(session.getContext().getRealm())
                            && PresentedToken.withId(session, id).anyMatch(new TokenRevocations(session)::cover));
        }

        @Override
        public void close() {}
    }
}
