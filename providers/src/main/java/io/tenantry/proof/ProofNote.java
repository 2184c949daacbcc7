package io.tenantry.proof;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserSessionModel;

/**
 * What a user session's notes of ours say about how it was proven, from the moment that it was.
 *
 * @param provider the alias of the identity provider that vouched; null for none
 */
record ProofNote(Trust trust, @Nullable String provider) {
    /** What nobody vouched for. */
    static final ProofNote NONE = new ProofNote(Trust.nowhere(), null);

    /** What somebody's own credential proved, or Keycloak itself. */
    static final ProofNote OWN = new ProofNote(Trust.anywhere(), null);

    private static final String TRUST = "tenantry.proof.trust";
    private static final String PROVIDER = "tenantry.proof.identity-provider";

    /** What the session says; empty if it was not noted yet. */
    static Optional<ProofNote> of(UserSessionModel userSession) {
        return Optional.ofNullable(userSession.getNote(TRUST))
                .map(trust -> new ProofNote(Trust.parse(trust), userSession.getNote(PROVIDER)));
    }

    void write(UserSessionModel userSession) {
        userSession.setNote(TRUST, trust.text());
        if (provider == null) {
            userSession.removeNote(PROVIDER);
        } else {
            userSession.setNote(PROVIDER, provider);
        }
    }
}
