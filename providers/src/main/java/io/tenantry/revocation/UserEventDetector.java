package io.tenantry.revocation;

import io.tenantry.contract.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.models.credential.PasswordCredentialModel;

/** What a user event revokes. */
public final class UserEventDetector {
    /** Keycloak's words: nothing else tells a reuse from other refusals. */
    private static final String REUSED = "Maximum allowed refresh token reuse exceeded";

    private UserEventDetector() {}

    /** The revocations that follow from the event, as narrow as it allows; empty for most. */
    @SuppressWarnings("deprecation") // Keycloak still sends UPDATE_PASSWORD and REMOVE_TOTP, some paths nothing else
    public static List<Detected> detect(Event event) {
        // A switch over an enum of Keycloak's cannot be exhaustive: other versions have other constants
        return switch (event.getType()) {
            case LOGOUT -> loggedOut(event);
            case REVOKE_GRANT -> grantRevoked(event);
            case UPDATE_PASSWORD -> user(event, Cause.PASSWORD_CHANGED);
            case UPDATE_CREDENTIAL ->
                PasswordCredentialModel.TYPE.equals(detail(event, Details.CREDENTIAL_TYPE))
                        ? user(event, Cause.PASSWORD_CHANGED)
                        : List.of();
            case REMOVE_CREDENTIAL, REMOVE_TOTP -> user(event, Cause.CREDENTIAL_REMOVED);
            case REMOVE_FEDERATED_IDENTITY -> user(event, Cause.IDENTITY_UNLINKED);
            case USER_DISABLED_BY_PERMANENT_LOCKOUT -> user(event, Cause.USER_LOCKED_OUT);
            case DELETE_ACCOUNT -> user(event, Cause.USER_DELETED);
            case REFRESH_TOKEN_ERROR -> refreshRefused(event);
            case CLIENT_DELETE -> client(event, Cause.CLIENT_DELETED);
            default -> List.of();
        };
    }

    private static List<Detected> loggedOut(Event event) {
        String sessionId = event.getSessionId();
        // Without the session nothing narrower than the user is known
        return sessionId == null
                ? user(event, Cause.LOGOUT)
                : List.of(Detected.now(Selector.sid(sessionId), Cause.LOGOUT));
    }

    private static List<Detected> grantRevoked(Event event) {
        List<Detected> found = new ArrayList<>();
        String tokenId = detail(event, Details.TOKEN_ID);
        if (tokenId != null) {
            found.add(Detected.now(Selector.jti(tokenId), Cause.TOKEN_REVOKED));
        }
        String client = detail(event, Details.REVOKED_CLIENT);
        if (client != null) {
            found.add(grant(client, event.getUserId()));
        }
        String exchanged = detail(event, Details.TOKEN_EXCHANGE_REVOKED_CLIENTS);
        if (exchanged != null) {
            for (String exchangedClient : exchanged.split(",", -1)) {
                if (!exchangedClient.isEmpty()) {
                    found.add(grant(exchangedClient, event.getUserId()));
                }
            }
        }
        return found;
    }

    /** Keycloak ends the client session of a refresh token that comes again: one of the two who used it is a thief. */
    private static List<Detected> refreshRefused(Event event) {
        String userId = detail(event, Details.REFRESH_TOKEN_SUB);
        String clientId = event.getClientId();
        return REUSED.equals(detail(event, Details.REASON)) && userId != null && clientId != null
                ? List.of(Detected.now(Selector.grant(clientId, userId), Cause.REFRESH_TOKEN_REUSED))
                : List.of();
    }

    private static Detected grant(String clientId, @Nullable String userId) {
        return Detected.now(
                userId == null ? Selector.azp(clientId) : Selector.grant(clientId, userId), Cause.GRANT_REVOKED);
    }

    private static List<Detected> user(Event event, Cause cause) {
        String userId = event.getUserId();
        return userId == null ? List.of() : List.of(Detected.now(Selector.sub(userId), cause));
    }

    private static List<Detected> client(Event event, Cause cause) {
        String clientId = event.getClientId();
        return clientId == null ? List.of() : List.of(Detected.now(Selector.azp(clientId), cause));
    }

    private static @Nullable String detail(Event event, String name) {
        // Null rather than empty for some events, logout among them (#51571)
        Map<String, String> details = event.getDetails();
        return details == null ? null : details.get(name);
    }
}
