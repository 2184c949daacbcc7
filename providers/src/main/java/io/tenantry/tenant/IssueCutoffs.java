package io.tenantry.tenant;

import io.tenantry.contract.Selector;
import io.tenantry.time.ServerClock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;
import org.keycloak.representations.AccessToken;

/**
 * Up to when what Keycloak has issued is no longer taken back by Keycloak itself, by order of an operator. Refresh tokens
 * outlive every access token, so the moments are kept for good.
 */
public interface IssueCutoffs extends Provider {
    /** Whether one of the selectors has a cutoff at or after this moment. */
    boolean cover(RealmModel realm, List<Selector> selectors, Instant issuedAt);

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
     * @param tenant the tenant that the token was issued for, or null if none
     */
    static boolean end(
            KeycloakSession session,
            AccessToken token,
            UserModel user,
            ClientModel issuedTo,
            @Nullable TenantId tenant) {
        Long issuedAt = token.getIat();
        return session.getProvider(IssueCutoffs.class)
                .cover(
                        session.getContext().getRealm(),
                        Selector.ofToken(
                                null,
                                null,
                                user.getId(),
                                tenant == null ? null : tenant.value(),
                                issuedTo.getClientId()),
                        // What does not say when it was issued may be of any age
                        Instant.ofEpochSecond(issuedAt == null ? 0 : issuedAt));
    }
}
