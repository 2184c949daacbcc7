package io.tenantry.proof;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.events.Details;
import org.keycloak.models.Constants;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;

/**
 * What can be told of a session whose sign-in left no note of ours: one from before an upgrade, or of a grant that has
 * no sign-in.
 */
final class SessionOrigin {
    /** How Keycloak calls the sign-in of a session that an administrator's trial token is made for. */
    private static final String TRIAL = "example-auth";

    private final KeycloakSession session;

    SessionOrigin(KeycloakSession session) {
        this.session = session;
    }

    ProofNote of(UserSessionModel userSession) {
        boolean byKeycloak = userSession.getUser().getServiceAccountClientLink() != null
                || userSession.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null
                || TRIAL.equals(userSession.getAuthMethod());
        if (byKeycloak) {
            return ProofNote.OWN;
        }
        // Made for one request from a token that tells of no session: nothing says how that one was proven
        if (userSession.getPersistenceState() == UserSessionModel.SessionPersistenceState.TRANSIENT
                && userSession.getNote(Constants.CREATED_FROM_PERSISTENT) == null) {
            return ProofNote.NONE;
        }
        VouchingProviders vouching = new VouchingProviders(session);
        Set<String> aliases = aliases(userSession);
        boolean unknown = aliases.isEmpty() && userSession.getBrokerUserId() != null;
        Trust vouched =
                unknown ? Trust.nowhere() : aliases.stream().map(vouching::of).reduce(Trust.anywhere(), Trust::and);
        Trust credentials =
                new CredentialTrustRules(new VouchedCredentials(session).of(userSession.getUser())).ofUnknown();
        return new ProofNote(
                vouched.and(credentials), aliases.stream().findFirst().orElse(null));
    }

    /**
     * The providers that may have vouched, the one of the last sign-in first. A link that was added in the session looks
     * the same, and counts as one.
     */
    private Set<String> aliases(UserSessionModel userSession) {
        Set<String> aliases = new LinkedHashSet<>();
        Stream.of(Details.IDENTITY_PROVIDER, UserAuthenticationIdentityProvider.EXTERNAL_IDENTITY_PROVIDER)
                .map(userSession::getNote)
                .filter(alias -> alias != null)
                .forEach(aliases::add);
        String brokerUser = userSession.getBrokerUserId();
        if (brokerUser != null) {
            IntStream.range(0, brokerUser.length())
                    .filter(end -> brokerUser.charAt(end) == '.')
                    .mapToObj(end -> brokerUser.substring(0, end))
                    .filter(alias -> session.identityProviders().getByAlias(alias) != null)
                    .forEach(aliases::add);
        }
        return aliases;
    }
}
