package io.tenantry.token;

import io.tenantry.contract.Selector;
import io.tenantry.tenant.IssueCutoffs;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import java.time.Instant;
import java.util.List;
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

    /** Asks once a session for what tokens have in common, which is more than an id. */
    boolean cover(AccessToken token) {
        List<Selector> selectors = selectors(token);
        // What does not say when it was issued may be of any age
        long issuedAt = token.getIat() == null ? 0 : token.getIat();
        String key = TokenRevocations.class.getName() + selectors + issuedAt;
        Boolean known = session.getAttribute(key, Boolean.class);
        if (known == null) {
            known = session.getProvider(IssueCutoffs.class).revoked(realm, selectors, Instant.ofEpochSecond(issuedAt));
            session.setAttribute(key, known);
        }
        return known;
    }

    private List<Selector> selectors(AccessToken token) {
        ClientModel issuedTo = realm.getClientByClientId(token.getIssuedFor());
        Optional<TenantId> tenant = TenantNames.of(session, issuedTo)
                .tenantOf(token)
                .or(() -> new Tenants(session).dedicated().flatMap(RealmTenant::usableId));
        return Selector.ofToken(
                token.getId(),
                token.getSessionId(),
                subject(token, issuedTo),
                tenant.map(TenantId::value).orElse(null),
                token.getIssuedFor());
    }

    /** Whom a token is about; empty if nobody knows by now. */
    Optional<UserModel> user(AccessToken token) {
        return Optional.ofNullable(subject(token, realm.getClientByClientId(token.getIssuedFor())))
                .map(id -> session.users().getUserById(realm, id));
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
