package io.tenantry.proof;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserSessionModel;

/**
 * One of the proofs that a user session's notes of ours hold, each from the moment that it was given. Proofs add up: who
 * has signed in by a credential and through a tenant's provider has shown both. Another by the same way takes the place of
 * the first.
 *
 * @param provider the alias of the identity provider that vouched; null for none
 */
record ProofNote(Trust trust, @Nullable String provider) {
    /** What nobody vouched for. */
    static final ProofNote NONE = new ProofNote(Trust.nowhere(), null);

    /** What somebody's own credential proved, or Keycloak itself. */
    static final ProofNote OWN = new ProofNote(Trust.anywhere(), null);

    /** The alias follows; nothing does where no provider vouched. */
    private static final String NOTE = "tenantry.proof:";

    /** What the session holds; empty if nothing was noted yet. */
    static List<ProofNote> of(UserSessionModel userSession) {
        return userSession.getNotes().entrySet().stream()
                .filter(note -> note.getKey().startsWith(NOTE))
                .map(note -> new ProofNote(
                        Trust.parse(note.getValue()),
                        Optional.of(note.getKey().substring(NOTE.length()))
                                .filter(alias -> !alias.isEmpty())
                                .orElse(null)))
                .toList();
    }

    void write(UserSessionModel userSession) {
        userSession.setNote(NOTE + (provider == null ? "" : provider), trust.text());
    }
}
