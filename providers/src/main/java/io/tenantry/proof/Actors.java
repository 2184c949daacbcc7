package io.tenantry.proof;

import io.tenantry.tenant.Tenants;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Who changes accounts in the request under way. */
final class Actors {
    /** The part of a path of the broker's endpoints that names the provider. */
    private static final String PROVIDER_PARAMETER = "provider_alias";

    private final KeycloakSession session;

    Actors(KeycloakSession session) {
        this.session = session;
    }

    /** Who changes this account; empty where the server itself does, or the realm has no tenants to tell apart. */
    Optional<Actor> of(UserModel user) {
        if (session.getContext().getRealm() == null || !new Tenants(session).shared()) {
            return Optional.empty();
        }
        AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
        if (signIn != null) {
            return Optional.of(in(signIn, user));
        }
        UserSessionModel caller = session.getContext().getUserSession();
        if (caller == null) {
            return Optional.empty();
        }
        return Optional.of(
                isOf(caller, user)
                        ? new Actor(Actor.Kind.SESSION, trustOf(caller), Trust.anywhere())
                        : new Actor(Actor.Kind.ADMINISTRATOR, Trust.anywhere(), Trust.anywhere()));
    }

    private Actor in(AuthenticationSessionModel signIn, UserModel user) {
        Trust asserted = asserting(signIn);
        SignInProof proof = new SignInProof(session, signIn);
        UserSessionModel earlier = session.sessions()
                .getUserSession(signIn.getRealm(), signIn.getParentSession().getId());
        Optional<Trust> before = Optional.ofNullable(earlier)
                // Keycloak lets nobody end as another than the session's
                .map(one -> isOf(one, user) ? trustOf(one) : Trust.nowhere());
        if (!proof.evident() && before.isPresent()) {
            return new Actor(Actor.Kind.SESSION, before.get(), asserted);
        }
        Actor.Kind kind = proof.byMail() ? Actor.Kind.MAIL : Actor.Kind.SIGN_IN;
        Trust shown = proof.trust(user);
        return new Actor(
                kind,
                before.filter(earlierTrust -> !proof.isWhole()).map(shown::and).orElse(shown),
                asserted);
    }

    private Trust trustOf(UserSessionModel userSession) {
        return new SessionProofs(session).of(userSession, null).trust();
    }

    private static boolean isOf(UserSessionModel userSession, UserModel user) {
        return userSession.getUser() != null && userSession.getUser().getId().equals(user.getId());
    }

    /** What the provider may say whose answer is being taken: no note names it yet when its mappers run. */
    private Trust asserting(AuthenticationSessionModel signIn) {
        VouchingProviders providers = new VouchingProviders(session);
        return Stream.of(
                        provider(signIn, AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE),
                        provider(signIn, PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT),
                        signIn.getAuthNote(AbstractIdpAuthenticator.FIRST_BROKER_LOGIN_SUCCESS),
                        session.getContext().getUri().getPathParameters().getFirst(PROVIDER_PARAMETER))
                .filter(alias -> alias != null)
                .map(providers::of)
                .reduce(Trust.anywhere(), Trust::and);
    }

    private static @Nullable String provider(AuthenticationSessionModel signIn, String note) {
        SerializedBrokeredIdentityContext identity =
                SerializedBrokeredIdentityContext.readFromAuthenticationSession(signIn, note);
        return identity == null ? null : identity.getIdentityProviderId();
    }
}
