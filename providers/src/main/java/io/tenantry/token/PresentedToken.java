package io.tenantry.token;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.authorization.authorization.AuthorizationTokenService;
import org.keycloak.http.HttpRequest;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;

/**
 * The access token that a request presents. Keycloak hands it neither to mappers nor to those who are asked whether it was
 * revoked, so it is read from the request again; it counts only where Keycloak has verified it.
 */
final class PresentedToken {
    private static final String CLAIM_TOKEN = "claim_token";
    private static final String CLAIM_TOKEN_FORMAT = "claim_token_format";

    private PresentedToken() {}

    /** The one with which userinfo is asked for. */
    static Optional<AccessToken> ofUserInfo(KeycloakSession session) {
        return Stream.concat(bearer(session), form(session, OAuth2Constants.ACCESS_TOKEN))
                .findFirst()
                .map(PresentedToken::verified);
    }

    /**
     * The one by which authorization services know somebody, an ID token perhaps: chosen as Keycloak's grant chooses, and
     * its signature checked, since Keycloak checks that of the one it has chosen alone. Empty where a client asks for itself.
     */
    static Optional<AccessToken> ofPermissions(KeycloakSession session) {
        Stream<String> idToken = form(session, CLAIM_TOKEN_FORMAT)
                        .allMatch(AuthorizationTokenService.CLAIM_TOKEN_FORMAT_ID_TOKEN::equalsIgnoreCase)
                ? form(session, CLAIM_TOKEN)
                : Stream.empty();
        return Stream.of(bearer(session), idToken, form(session, OAuth2Constants.SUBJECT_TOKEN))
                .flatMap(tokens -> tokens)
                .findFirst()
                .map(encoded -> session.tokens().decode(encoded, AccessToken.class));
    }

    /** Those with this id, wherever the request carries them: not all need be what Keycloak has verified. */
    static Stream<AccessToken> withId(KeycloakSession session, String id) {
        return Stream.of(
                        bearer(session),
                        form(session, OAuth2Constants.TOKEN),
                        form(session, OAuth2Constants.SUBJECT_TOKEN),
                        form(session, OAuth2Constants.ACCESS_TOKEN))
                .flatMap(tokens -> tokens)
                .flatMap(encoded -> read(encoded).stream())
                .filter(token -> id.equals(token.getId()));
    }

    private static Stream<String> bearer(KeycloakSession session) {
        return Stream.ofNullable(AppAuthManager.extractAuthorizationHeaderTokenOrReturnNull(
                        request(session).getHttpHeaders()))
                .map(AppAuthManager.AuthHeader::getToken);
    }

    private static Stream<String> form(KeycloakSession session, String parameter) {
        MultivaluedMap<String, String> form = request(session).getDecodedFormParameters();
        return form == null ? Stream.empty() : Stream.ofNullable(form.getFirst(parameter));
    }

    private static HttpRequest request(KeycloakSession session) {
        return session.getContext().getHttpRequest();
    }

    private static AccessToken verified(String encoded) {
        return read(encoded)
                .orElseThrow(() -> new IllegalStateException("a token that Keycloak verified cannot be read"));
    }

    private static Optional<AccessToken> read(@Nullable String encoded) {
        try {
            return Optional.of(new JWSInput(encoded).readJsonContent(AccessToken.class));
        } catch (JWSInputException notAToken) {
            return Optional.empty();
        }
    }
}
