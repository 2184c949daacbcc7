package io.tenantry.password;

import org.jspecify.annotations.Nullable;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;

/** What a person who registers has typed, as far as the policies are not told. */
final class RegistrationForm {
    private static final String EMAIL_FIELD = "email";
    private static final String FORM = "application/x-www-form-urlencoded";

    private RegistrationForm() {}

    /** The email address in the request's form; null if there is no such form. */
    static @Nullable String email(KeycloakSession session) {
        HttpRequest request = session.getContext().getHttpRequest();
        if (request == null || !"POST".equals(request.getHttpMethod())) {
            return null;
        }
        String type = request.getHttpHeaders().getHeaderString("Content-Type");
        if (type == null || !type.startsWith(FORM)) {
            return null;
        }
        return request.getDecodedFormParameters().getFirst(EMAIL_FIELD);
    }
}
