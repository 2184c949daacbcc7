package io.tenantry.tenant;

import io.tenantry.contract.Selector;
import io.tenantry.time.ServerClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;
import org.keycloak.representations.AccessToken;

/**
 * What has ended up to when, as Keycloak itself asks before it takes a token back. An operator's orders hold for refresh
 * tokens too, which outlive every access token: those moments are kept for good. All other revocations are kept until the
 * last access token that they cover has expired.
 */
public interface IssueCutoffs extends Provider {
    /** The event listener without which a realm's revocations are not kept. */
    String LISTENER = "redis-revocations";

    /** Whether a realm's revocations are kept, so that there is something to ask for. */
    static boolean kept(RealmModel realm) {
        return realm.getEventsListenersStream().anyMatch(LISTENER::equals);
    }

    /** Whether an operator's order covers one of the selectors at or after this moment. */
    boolean cover(RealmModel realm, List<Selector> selectors, Instant issuedAt);

    /** Whether a live revocation covers an access token with these selectors that was issued at this moment. */
    boolean revoked(RealmModel realm, List<Selector> selectors, Instant issuedAt);

    /**
     * Whether a revocation that concerns one of the selectors was committed while a request was under way that may have
     * read how things were before. One that took no longer than cutoffs reach past their commit needs no look.
     *
     * @param since when the request began
     */
    boolean overtake(RealmModel realm, List<Selector> selectors, Instant since, Instant now);

    /** The same of the session's own request. */
    static boolean overtake(KeycloakSession session, List<Selector> selectors) {
        return RequestStart.of(session)
                .filter(since -> session.getProvider(IssueCutoffs.class)
                        .overtake(session.getContext().getRealm(), selectors, since, ServerClock.INSTANCE.instant()))
                .isPresent();
    }

    /**
     * Whether a verified token must not be taken: it was issued before an operator's order that concerns it.
     *
     * @param named the tenant that the token names, if it names one
     */
    static boolean end(
            KeycloakSession session,
            AccessToken token,
            UserModel user,
            ClientModel issuedTo,
            Optional<TenantId> named) {
        if (!kept(session.getContext().getRealm())) {
            return false;
        }
        Long issuedAt = token.getIat();
        return session.getProvider(IssueCutoffs.class)
                .cover(
                        session.getContext().getRealm(),
                        Selector.ofToken(
                                null,
                                null,
                                user.getId(),
                                named.or(() -> new Tenants(session).dedicated().flatMap(RealmTenant::usableId))
                                        .map(TenantId::value)
                                        .orElse(null),
                                issuedTo.getClientId()),
                        // What does not say when it was issued may be of any age
                        Instant.ofEpochSecond(issuedAt == null ? 0 : issuedAt));
    }
}
