package io.tenantry.token;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.http.HttpRequest;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;

/**
 * The access token with which userinfo is asked for. Keycloak hands it to no mapper, so it is read from the request
 * again, after Keycloak has verified it.
 */
final class BearerToken {
    private BearerToken() {}

    static Optional<AccessToken> ofUserInfo(KeycloakSession session) {
        HttpRequest request = session.getContext().getHttpRequest();
        return Optional.ofNullable(AppAuthManager.extractAuthorizationHeaderTokenOrReturnNull(request.getHttpHeaders()))
                .map(AppAuthManager.AuthHeader::getToken)
                .or(() -> ofForm(request))
                .map(BearerToken::parse);
    }

    private static Optional<String> ofForm(HttpRequest request) {
        MultivaluedMap<String, String> form = request.getDecodedFormParameters();
        return form == null ? Optional.empty() : Optional.ofNullable(form.getFirst(OAuth2Constants.ACCESS_TOKEN));
    }

    private static AccessToken parse(String encoded) {
        try {
            return new JWSInput(encoded).readJsonContent(AccessToken.class);
        } catch (JWSInputException e) {
            throw new IllegalStateException("a token that Keycloak verified cannot be read", e);
        }
    }
}
