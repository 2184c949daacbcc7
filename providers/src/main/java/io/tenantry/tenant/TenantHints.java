package io.tenantry.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequestParserProcessor;
import org.keycloak.protocol.oidc.endpoints.request.AuthzEndpointRequestParser;
import org.keycloak.protocol.oidc.endpoints.request.RequestUriType;
import org.keycloak.protocol.oidc.par.endpoints.request.AuthzEndpointParParser;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What a sign-in says of its tenant before anyone is asked: a parameter, or the host name that it came by. */
public final class TenantHints {
    /** The request parameter, of the authorization and of the token endpoint, that names a tenant. */
    public static final String PARAMETER = "tenant";

    /** Where Keycloak keeps it. */
    private static final String NOTE =
            AuthorizationEndpoint.LOGIN_SESSION_NOTE_ADDITIONAL_REQ_PARAMS_PREFIX + PARAMETER;

    /** That what was pushed has been looked at: it expires before a slow sign-in does. */
    private static final String SETTLED = TenantHints.class.getName() + ".settled";

    private TenantHints() {}

    /**
     * Notes the parameter of the authorization request under way, where Keycloak has not: it keeps only the first few of
     * the parameters that it does not know. A request object, and a pushed request, speak for themselves: a parameter
     * beside them is not theirs and does not count. Does nothing in any other request, but for what was pushed: after that,
     * Keycloak has the browser go on before anything is asked.
     */
    public static void note(KeycloakSession session, AuthenticationSessionModel signIn) {
        String pushed = signIn.getAuthNote(Constants.AUTHORIZATION_REQUEST_URI);
        if (pushed != null && isPushed(pushed)) {
            if (signIn.getClientNote(SETTLED) == null) {
                Map<String, String> known = AuthzEndpointParParser.getRequestObject(session, pushed);
                write(signIn, known == null ? null : known.get(PARAMETER));
                signIn.setClientNote(SETTLED, "true");
            }
            return;
        }
        HttpRequest request = session.getContext().getHttpRequest();
        MultivaluedMap<String, String> parameters = request.getHttpMethod().equals(HttpMethod.POST)
                ? request.getDecodedFormParameters()
                : request.getUri().getQueryParameters();
        if (!parameters.containsKey(OIDCLoginProtocol.CLIENT_ID_PARAM)) {
            return;
        }
        if (session.getAttribute(AuthzEndpointRequestParser.AUTHZ_REQUEST_OBJECT) instanceof JsonNode object) {
            write(signIn, object.path(PARAMETER).asText(null));
        } else if (parameters.containsKey(OIDCLoginProtocol.RESPONSE_TYPE_PARAM)) {
            write(signIn, parameters.getFirst(PARAMETER));
        }
    }

    private static boolean isPushed(String uri) {
        return AuthorizationEndpointRequestParserProcessor.getRequestUriType(uri) == RequestUriType.PAR;
    }

    private static void write(AuthenticationSessionModel signIn, @Nullable String tenant) {
        if (tenant == null || tenant.isBlank()) {
            signIn.removeClientNote(NOTE);
        } else {
            signIn.setClientNote(NOTE, tenant);
        }
    }

    /** The one that a sign-in's authorization request named by a parameter. */
    public static Optional<TenantId> ofRequest(AuthenticationSessionModel signIn) {
        return id(signIn.getClientNote(NOTE));
    }

    /**
     * The one that the host name stands for which the server was reached by.
     *
     * @throws io.tenantry.settings.InvalidSettingException if the realm's pattern is none
     */
    public static Optional<TenantId> ofHost(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        return HostPattern.parse(realm.getAttribute(HostPattern.ATTRIBUTE))
                .flatMap(pattern -> pattern.tenantOf(session.getContext()
                        .getHttpRequest()
                        .getUri()
                        .getBaseUri()
                        .getHost()));
    }

    /** A text from outside as an id; empty if it cannot be one. */
    public static Optional<TenantId> id(@Nullable String alias) {
        return Optional.ofNullable(alias).filter(TenantId::possible).map(TenantId::new);
    }
}
