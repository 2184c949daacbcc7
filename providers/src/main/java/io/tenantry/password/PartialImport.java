package io.tenantry.password;

import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.UserModel;
import org.keycloak.policy.PolicyError;
import org.keycloak.services.ErrorResponseException;

/**
 * The admin API's {@code partialImport}, which takes a refused password for a failure of the server and answers that
 * with an error 500 without a reason.
 */
final class PartialImport {
    private static final String PATH_END = "/partialImport";

    private PartialImport() {}

    static boolean isAsked(KeycloakSession session) {
        HttpRequest request = session.getContext().getHttpRequest();
        return request != null
                && "POST".equals(request.getHttpMethod())
                && request.getUri().getPath().endsWith(PATH_END);
    }

    /** An answer that names the user and the reason; nothing of the import is kept, as it is one transaction. */
    static RuntimeException refusal(UserModel user, ModelException refused, KeycloakSession session) {
        String key = Objects.requireNonNullElse(refused.getMessage(), "");
        if (refused.getCause() != null || key.isEmpty()) {
            return refused;
        }
        String reason = Speech.to(user, session).text(new PolicyError(key, refused.getParameters()));
        return new ErrorResponseException(key, user.getUsername() + ": " + reason, Response.Status.BAD_REQUEST);
    }
}
