package io.tenantry.token;

import io.tenantry.contract.Selector;
import io.tenantry.tenant.IssueCutoffs;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;

/** Whether a live revocation covers an access token, so that Keycloak takes it back no more than any consumer. */
final class TokenRevocations {
    private final KeycloakSession session;
    private final RealmModel realm;

    TokenRevocations(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** The same in any realm: false where revocations are not kept. */
    boolean heed(AccessToken token) {
        return IssueCutoffs.kept(realm) && cover(token);
    }

    /** Asks once a session for each token. */
    boolean cover(AccessToken token) {
        String key = TokenRevocations.class.getName() + token.getId();
        Boolean known = session.getAttribute(key, Boolean.class);
        if (known == null) {
            known = ask(token);
            session.setAttribute(key, known);
        }
        return known;
    }

    private boolean ask(AccessToken token) {
        ClientModel issuedTo = realm.getClientByClientId(token.getIssuedFor());
        Optional<TenantId> tenant = TenantNames.of(session, issuedTo)
                .tenantOf(token)
                .or(() -> new Tenants(session).dedicated().flatMap(RealmTenant::usableId));
        Long issuedAt = token.getIat();
        return session.getProvider(IssueCutoffs.class)
                .revoked(
                        realm,
                        Selector.ofToken(
                                token.getId(),
                                token.getSessionId(),
                                subject(token, issuedTo),
                                tenant.map(TenantId::value).orElse(null),
                                token.getIssuedFor()),
                        // What does not say when it was issued may be of any age
                        Instant.ofEpochSecond(issuedAt == null ? 0 : issuedAt));
    }

    /** A lightweight token names no subject; its session, or its client's service account, does. */
    private @Nullable String subject(AccessToken token, @Nullable ClientModel issuedTo) {
        if (token.getSubject() != null) {
            return token.getSubject();
        }
        String sessionId = token.getSessionId();
        if (sessionId != null) {
            UserSessionModel userSession = session.sessions().getUserSession(realm, sessionId);
            if (userSession == null) {
                userSession = session.sessions().getOfflineUserSession(realm, sessionId);
            }
            return userSession == null || userSession.getUser() == null
                    ? null
                    : userSession.getUser().getId();
        }
        UserModel account = issuedTo == null ? null : session.users().getServiceAccount(issuedTo);
        return account == null ? null : account.getId();
    }
}
