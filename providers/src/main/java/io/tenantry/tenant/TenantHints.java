package io.tenantry.tenant;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What a sign-in says of its tenant before anyone is asked: a parameter, or the host name that it came by. */
public final class TenantHints {
    /** The request parameter, of the authorization and of the token endpoint, that names a tenant. */
    public static final String PARAMETER = "tenant";

    private TenantHints() {}

    /** The one that a sign-in's authorization request named by a parameter. */
    public static Optional<TenantId> ofRequest(AuthenticationSessionModel signIn) {
        return id(signIn.getClientNote(
                AuthorizationEndpoint.LOGIN_SESSION_NOTE_ADDITIONAL_REQ_PARAMS_PREFIX + PARAMETER));
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
