package io.tenantry.proof;

import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The page that refuses a change of an account, in the user's language wherever Keycloak shows an exception's message. */
final class RefusedChange extends ErrorPageException {
    private static final long serialVersionUID = 1L;

    private final String text;

    private RefusedChange(KeycloakSession session, AuthenticationSessionModel signIn, String text) {
        super(session, signIn, Response.Status.FORBIDDEN, AccountChanges.REFUSED);
        this.text = text;
    }

    /** The page to those who see pages, and an answer in JSON to those who call an API. */
    static RuntimeException in(KeycloakSession session) {
        String text = session.getProvider(LoginFormsProvider.class).getMessage(AccountChanges.REFUSED);
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        session.getTransactionManager().setRollbackOnly();
        return signIn == null
                ? new ErrorResponseException(OAuthErrorException.ACCESS_DENIED, text, Response.Status.FORBIDDEN)
                : new RefusedChange(session, signIn, text);
    }

    @Override
    public String getMessage() {
        return text;
    }
}
