package io.tenantry.it.token;

import io.tenantry.it.TestProviderJar;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A grant type that nobody has heard of, as another extension could bring it: whoever names a user gets tokens, which it
 * has Keycloak issue as its own grants do.
 */
final class MadeUpGrant {
    static final String TYPE = "urn:test:made-up";

    private static final String FACTORY = "MadeUpGrantFactory";

    private static final String SOURCE = """
            import jakarta.ws.rs.core.Response;
            import java.util.Set;
            import org.keycloak.Config;
            import org.keycloak.events.EventType;
            import org.keycloak.models.ClientSessionContext;
            import org.keycloak.models.KeycloakSession;
            import org.keycloak.models.KeycloakSessionFactory;
            import org.keycloak.models.UserModel;
            import org.keycloak.models.UserSessionModel;
            import org.keycloak.protocol.oidc.OIDCLoginProtocol;
            import org.keycloak.protocol.oidc.TokenManager;
            import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
            import org.keycloak.protocol.oidc.grants.OAuth2GrantTypeBase;
            import org.keycloak.protocol.oidc.grants.OAuth2GrantTypeFactory;
            import org.keycloak.services.Urls;
            import org.keycloak.services.managers.AuthenticationSessionManager;
            import org.keycloak.services.managers.UserSessionManager;
            import org.keycloak.sessions.AuthenticationSessionModel;

            public class MadeUpGrantFactory implements OAuth2GrantTypeFactory {
                @Override
                public OAuth2GrantType create(KeycloakSession session) {
                    return new Grant();
                }

                @Override
                public String getId() {
                    return "urn:test:made-up";
                }

                @Override
                public String getShortcut() {
                    return "mu";
                }

                @Override
                public void init(Config.Scope config) {}

                @Override
                public void postInit(KeycloakSessionFactory factory) {}

                @Override
                public void close() {}

                private static class Grant extends OAuth2GrantTypeBase {
                    @Override
                    public Response process(Context request) {
                        setContext(request);
                        UserModel user = session.users().getUserByUsername(realm, formParams.getFirst("user"));
                        AuthenticationSessionModel signIn = new AuthenticationSessionManager(session)
                                .createAuthenticationSession(realm, false)
                                .createAuthenticationSession(client);
                        signIn.setAuthenticatedUser(user);
                        signIn.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
                        signIn.setClientNote(OIDCLoginProtocol.SCOPE_PARAM, formParams.getFirst("scope"));
                        signIn.setClientNote(
                                OIDCLoginProtocol.ISSUER,
                                Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
                        UserSessionModel userSession = new UserSessionManager(session).createUserSession(
                                signIn.getParentSession().getId(), realm, user, user.getUsername(), "127.0.0.1",
                                "made-up", false, null, null, UserSessionModel.SessionPersistenceState.PERSISTENT);
                        event.user(user).session(userSession);
                        ClientSessionContext issue =
                                TokenManager.attachAuthenticationSession(session, userSession, signIn);
                        return createTokenResponse(user, userSession, issue, formParams.getFirst("scope"), false, null);
                    }

                    @Override
                    public Set<String> getTokenParameterNames() {
                        return Set.of();
                    }

                    @Override
                    public EventType getEventType() {
                        return EventType.LOGIN;
                    }
                }
            }
            """;

    private MadeUpGrant() {}

    static Path jar(Path directory) throws IOException {
        return TestProviderJar.of(
                directory, "org.keycloak.protocol.oidc.grants.OAuth2GrantTypeFactory", FACTORY, SOURCE);
    }
}
