package io.tenantry.proof;

import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenants;
import jakarta.ws.rs.ForbiddenException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.LoginActionsService;

/**
 * Changes of how somebody may sign in: credentials, the address, links to identity providers. Who is proven for some of
 * the account's tenants alone changes nothing that the others rely on, and what such a one sets counts no further.
 */
public final class AccountChanges {
    /** Message: that the session is not proven for all that the change would concern. */
    public static final String REFUSED = "tenantryProofRefused";

    private final KeycloakSession session;

    public AccountChanges(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Ends the request if a credential must not be set or replaced.
     *
     * @param id of the credential that is replaced; null for a new one
     */
    public void requireCredential(UserModel user, @Nullable String id) {
        if (refusesCredential(user, id)) {
            throw refusal(user, EventType.UPDATE_CREDENTIAL);
        }
    }

    /** The same of a password, whose form shows what a {@link ModelException} says. */
    public void requirePassword(UserModel user, @Nullable String id) {
        if (refusesCredential(user, id)) {
            throw new ModelException(REFUSED);
        }
    }

    /** Has a credential count as far as the proof of the one who has just set it. */
    public void setCredential(RealmModel realm, UserModel user, String id, String type) {
        new Actors(session)
                .of(user)
                .ifPresent(actor -> new VouchedCredentials(session).put(realm, user, id, type, actor.all()));
    }

    private boolean refusesCredential(UserModel user, @Nullable String id) {
        return new Actors(session)
                .of(user)
                // A mail proves no more than before by what it sets
                .filter(actor -> actor.kind() != Actor.Kind.MAIL)
                .filter(actor -> refuses(actor.all(), user, id))
                .isPresent();
    }

    /** Ends the request if a credential must not be taken away, on the user's own wish. */
    void requireRemoval(UserModel user, String id) {
        if (wishing(user).filter(trust -> refuses(trust, user, id)).isPresent()) {
            throw refusal(user, EventType.REMOVE_CREDENTIAL);
        }
    }

    /**
     * Ends the request if a link to an identity provider must not be made: where the account has other tenants, and where
     * the provider would prove more from now on than is proven now.
     *
     * @param alias of the provider
     */
    void requireLink(UserModel user, String alias) {
        Trust added = new VouchingProviders(session).of(alias);
        boolean refused = new Actors(session)
                .of(user)
                .filter(actor -> actor.kind() != Actor.Kind.ADMINISTRATOR)
                .filter(actor -> !added.equals(added.and(actor.trust()))
                        || (actor.kind() != Actor.Kind.MAIL && refuses(actor.trust(), user, null)))
                .isPresent();
        if (refused) {
            throw refusal(user, EventType.FEDERATED_IDENTITY_LINK);
        }
    }

    /** Ends the request if a link to an identity provider must not be taken away, on the user's own wish. */
    void requireUnlink(UserModel user) {
        if (wishing(user).filter(trust -> refuses(trust, user, null)).isPresent()) {
            throw refusal(user, EventType.REMOVE_FEDERATED_IDENTITY);
        }
    }

    /** Whether the address must not be changed by the one who asks for it. */
    boolean refusesAddress(UserModel user) {
        return new Actors(session)
                .of(user)
                .filter(actor -> actor.kind() == Actor.Kind.SESSION || actor.kind() == Actor.Kind.SIGN_IN)
                .filter(actor -> refuses(actor.trust(), user, null))
                .isPresent();
    }

    /** Has the address count as far as the proof of the one who sets it. */
    void setAddress(RealmModel realm, UserModel user) {
        setCredential(
                realm, user, VouchedCredentials.idOf(VouchedCredentials.ADDRESS, user), VouchedCredentials.ADDRESS);
    }

    /**
     * Makes all of a user's credentials the user's own, by order of an administrator.
     *
     * @return how many counted for some tenants alone
     */
    public int clear(UserModel user) {
        Optional<Actor> actor = new Actors(session).of(user);
        // Administrators have an account too, and a session that somebody vouched for
        if (actor.filter(one -> !one.all().equals(Trust.anywhere())).isPresent()) {
            throw refusal(user, EventType.UPDATE_CREDENTIAL);
        }
        return new VouchedCredentials(session).clear(user);
    }

    /**
     * Ends the deletion of an account by the page that asks for it, if others rely on the account.
     *
     * @throws ForbiddenException which Keycloak's page tells of, and its event
     */
    void requireDeletion(UserModel user) {
        boolean refused = wishing(user)
                .filter(trust -> asksForAction() && refuses(trust, user, null))
                .isPresent();
        if (refused) {
            throw new ForbiddenException();
        }
    }

    /** The proof of the owner who asks for a change, and not of a sign-in that uses something up. */
    private Optional<Trust> wishing(UserModel user) {
        return new Actors(session)
                .of(user)
                .filter(actor -> switch (actor.kind()) {
                    case SESSION -> true;
                    case SIGN_IN, MAIL -> asksForAction();
                    case ADMINISTRATOR -> false;
                })
                .map(Actor::all);
    }

    /** Whether somebody fills in the page of a required action, which a sign-in can be told to end with. */
    private boolean asksForAction() {
        return session.getContext().getUri().getPath().endsWith('/' + LoginActionsService.REQUIRED_ACTION);
    }

    private boolean refuses(Trust proof, UserModel user, @Nullable String id) {
        if (proof.equals(Trust.anywhere())) {
            return false;
        }
        List<String> memberships = new Tenants(session)
                .ofMember(user)
                .flatMap(tenant -> tenant instanceof OrganizationTenant shared
                        ? Stream.of(shared.organization().getId())
                        : Stream.empty())
                .toList();
        return !new CredentialTrustRules(new VouchedCredentials(session).of(user)).allow(proof, memberships, id);
    }

    private RuntimeException refusal(UserModel user, EventType attempted) {
        new EventBuilder(
                        session.getContext().getRealm(),
                        session,
                        session.getContext().getConnection())
                .event(attempted)
                .client(session.getContext().getClient())
                .user(user)
                .detail(Details.REASON, "the session is not proven for all organizations of the account")
                .error(Errors.NOT_ALLOWED);
        return RefusedChange.in(session);
    }
}
