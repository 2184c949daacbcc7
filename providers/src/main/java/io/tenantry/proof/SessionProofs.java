package io.tenantry.proof;

import io.tenantry.tenant.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Details;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;

/**
 * How user sessions were proven. It is noted in each as its sign-in ends, and goes on to hold whatever becomes of the
 * provider or the credentials afterwards: docs/decisions/0017-proof-of-a-session.md.
 */
public final class SessionProofs {
    /** How Keycloak calls the sign-in of a session that it has made for a verified assertion. */
    private static final String ASSERTED = "authorization-grant";

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
        if (OAuth2Constants.JWT_AUTHORIZATION_GRANT.equals(grantType) && ASSERTED.equals(userSession.getAuthMethod())) {
            ProofNote asserted = new AssertionGrant(session).proof();
            return new SessionProof(
                    asserted.trust(), Stream.ofNullable(asserted.provider()).collect(Collectors.toSet()), Map.of());
        }
        List<ProofNote> proofs = notes(userSession).stream().map(this::still).toList();
        return new SessionProof(
                proofs.stream().map(ProofNote::trust).reduce(Trust.nowhere(), Trust::or),
                proofs.stream()
                        .filter(proof -> !proof.trust().equals(Trust.nowhere()))
                        .flatMap(proof -> Stream.ofNullable(proof.provider()))
                        .collect(Collectors.toSet()),
                new ReachedLevels(session).inForce(userSession, grantType));
    }

    /** What is left of a proof: a provider that is no longer what it was vouches for nobody. */
    private ProofNote still(ProofNote then) {
        String provider = then.provider();
        return provider == null || !new Tenants(session).shared()
                ? then
                : new ProofNote(new VouchingProviders(session).still(then.trust(), provider), provider);
    }

    /** Notes how a session was proven, as its sign-in ends. One that a cookie spared leaves it as it was. */
    void signedIn(UserSessionModel userSession) {
        SignIns.end(session, userSession);
        notes(userSession);
    }

    private List<ProofNote> notes(UserSessionModel userSession) {
        if (!new Tenants(session).shared()) {
            return List.of(new ProofNote(Trust.anywhere(), userSession.getNote(Details.IDENTITY_PROVIDER)));
        }
        List<ProofNote> before = ProofNote.of(userSession);
        Optional<SignInProof> signIn = SignIns.ended(session, userSession)
                .map(ended -> new SignInProof(session, ended))
                .filter(SignInProof::evident);
        if (signIn.isEmpty() && !before.isEmpty()) {
            return before;
        }
        List<ProofNote> now = new ArrayList<>();
        if (signIn.isEmpty() || !signIn.get().isWhole()) {
            now.addAll(before.isEmpty() ? List.of(new SessionOrigin(session).of(userSession)) : before);
        }
        signIn.ifPresent(ended -> {
            Trust shown = ended.trust(userSession.getUser());
            if (ended.isWhole()) {
                now.add(new ProofNote(shown, ended.provider()));
            } else {
                // A step up adds nothing to who has shown what, and what it took may count for less
                now.replaceAll(proof -> new ProofNote(proof.trust().and(shown), proof.provider()));
            }
            ReachedLevels.note(userSession, shown);
        });
        now.stream().filter(proof -> !before.contains(proof)).forEach(proof -> {
            proof.write(userSession);
            writeOffline(userSession, proof);
        });
        return ProofNote.of(userSession);
    }

    /** An offline session shares the id and not the notes: what is issued in it from now on is proven by this as well. */
    private void writeOffline(UserSessionModel userSession, ProofNote now) {
        if (userSession.isOffline()
                || userSession.getPersistenceState() == UserSessionModel.SessionPersistenceState.TRANSIENT) {
            return;
        }
        UserSessionModel offline =
                session.sessions().getOfflineUserSession(userSession.getRealm(), userSession.getId());
        if (offline != null) {
            now.write(offline);
        }
    }
}
