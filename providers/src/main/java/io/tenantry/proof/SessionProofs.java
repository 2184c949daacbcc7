package io.tenantry.proof;

import io.tenantry.tenant.Tenants;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Details;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * How user sessions were proven. It is noted in each as its sign-in ends, and goes on to hold whatever becomes of the
 * provider or the credentials afterwards: docs/decisions/0017-proof-of-a-session.md.
 */
public final class SessionProofs {
    private final KeycloakSession session;

    public SessionProofs(KeycloakSession session) {
        this.session = session;
    }

    /**
     * How this one was proven.
     *
     * @param grantType by which grant a token is being made; null where it is none
     */
    public SessionProof of(UserSessionModel userSession, @Nullable String grantType) {
        boolean asserted = OAuth2Constants.JWT_AUTHORIZATION_GRANT.equals(grantType);
        ProofNote note = asserted ? new AssertionGrant(session).proof() : note(userSession);
        String provider = note.provider();
        Trust trust = provider == null || asserted || !new Tenants(session).shared()
                ? note.trust()
                : new VouchingProviders(session).still(note.trust(), provider);
        return new SessionProof(
                trust, provider, asserted ? 0 : new ReachedLevels(session).highest(userSession, grantType));
    }

    /** Notes how a session was proven, as its sign-in ends. One that a cookie spared leaves it as it was. */
    void signedIn(UserSessionModel userSession) {
        try {
            note(userSession);
        } catch (RuntimeException unknown) {
            // Whoever tells of the event swallows this; the session must not keep what an earlier sign-in proved
            ProofNote.NONE.write(userSession);
            throw unknown;
        }
    }

    private ProofNote note(UserSessionModel userSession) {
        if (!new Tenants(session).shared()) {
            return new ProofNote(Trust.anywhere(), userSession.getNote(Details.IDENTITY_PROVIDER));
        }
        Optional<ProofNote> before = ProofNote.of(userSession);
        Optional<AuthenticationSessionModel> signIn =
                SignIns.ended(session.getContext().getAuthenticationSession(), userSession);
        Optional<SignInProof> proof =
                signIn.map(ended -> new SignInProof(session, ended)).filter(SignInProof::evident);
        if (proof.isEmpty() && before.isPresent()) {
            return before.get();
        }
        ProofNote now = proof.map(evident -> evident.note(userSession.getUser(), before))
                .orElseGet(() -> new SessionOrigin(session).of(userSession));
        if (!before.equals(Optional.of(now))) {
            now.write(userSession);
            narrowOffline(userSession, now);
        }
        return now;
    }

    /** An offline session shares the id and not the notes, and outlives the sign-in that replaced what proved it. */
    private void narrowOffline(UserSessionModel userSession, ProofNote now) {
        if (userSession.isOffline()
                || userSession.getPersistenceState() == UserSessionModel.SessionPersistenceState.TRANSIENT) {
            return;
        }
        UserSessionModel offline =
                session.sessions().getOfflineUserSession(userSession.getRealm(), userSession.getId());
        if (offline != null) {
            ProofNote then = ProofNote.of(offline).orElse(now);
            new ProofNote(then.trust().and(now.trust()), now.provider()).write(offline);
        }
    }
}
