package io.tenantry.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.Selector;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;

@SuppressWarnings("deprecation") // Keycloak still sends UPDATE_PASSWORD and REMOVE_TOTP
class UserEventDetectorTest {
    private static final Set<EventType> REVOKING = EnumSet.of(
            EventType.LOGOUT,
            EventType.REVOKE_GRANT,
            EventType.UPDATE_PASSWORD,
            EventType.UPDATE_CREDENTIAL,
            EventType.REMOVE_CREDENTIAL,
            EventType.REMOVE_TOTP,
            EventType.REMOVE_FEDERATED_IDENTITY,
            EventType.USER_DISABLED_BY_PERMANENT_LOCKOUT,
            EventType.DELETE_ACCOUNT,
            EventType.CLIENT_DELETE);

    @Test
    void logoutRevokesTheSessionEvenWithoutDetails() {
        Event event = event(EventType.LOGOUT, null);
        event.setSessionId("s1");
        assertThat(UserEventDetector.detect(event)).containsExactly(Detected.now(Selector.sid("s1"), Cause.LOGOUT));
    }

    @Test
    void logoutOfAnUnknownSessionRevokesTheUser() {
        assertThat(UserEventDetector.detect(event(EventType.LOGOUT, null)))
                .containsExactly(Detected.now(Selector.sub("u1"), Cause.LOGOUT));
    }

    @Test
    void revokedAccessTokenIsRevokedAlone() {
        assertThat(UserEventDetector.detect(event(EventType.REVOKE_GRANT, Map.of("token_id", "onrtac:1"))))
                .containsExactly(Detected.now(Selector.jti("onrtac:1"), Cause.TOKEN_REVOKED));
    }

    @Test
    void revokedRefreshTokenRevokesTheGrantsOfItsClientAndOfThoseItWasExchangedTo() {
        Event event = event(
                EventType.REVOKE_GRANT,
                Map.of(
                        "revoked_client", "app",
                        "refresh_token_id", "r1",
                        "token_exchange_revoked_clients", "api1,api2"));
        event.setSessionId("s1");
        assertThat(UserEventDetector.detect(event))
                .containsExactly(
                        Detected.now(Selector.grant("app", "u1"), Cause.GRANT_REVOKED),
                        Detected.now(Selector.grant("api1", "u1"), Cause.GRANT_REVOKED),
                        Detected.now(Selector.grant("api2", "u1"), Cause.GRANT_REVOKED));
    }

    @Test
    void onlyANewPasswordRevokesTheUserNotANewSecondFactor() {
        Detected expected = Detected.now(Selector.sub("u1"), Cause.PASSWORD_CHANGED);
        assertThat(UserEventDetector.detect(event(EventType.UPDATE_CREDENTIAL, Map.of("credential_type", "password"))))
                .containsExactly(expected);
        assertThat(UserEventDetector.detect(event(EventType.UPDATE_PASSWORD, null)))
                .containsExactly(expected);
        assertThat(UserEventDetector.detect(event(EventType.UPDATE_CREDENTIAL, Map.of("credential_type", "otp"))))
                .isEmpty();
        assertThat(UserEventDetector.detect(event(EventType.UPDATE_CREDENTIAL, null)))
                .isEmpty();
    }

    @Test
    void lossOfTheUserOrOfWhatItSignsInWithRevokesTheUser() {
        Map<EventType, Cause> causes = Map.of(
                EventType.USER_DISABLED_BY_PERMANENT_LOCKOUT, Cause.USER_LOCKED_OUT,
                EventType.DELETE_ACCOUNT, Cause.USER_DELETED,
                EventType.REMOVE_CREDENTIAL, Cause.CREDENTIAL_REMOVED,
                EventType.REMOVE_FEDERATED_IDENTITY, Cause.IDENTITY_UNLINKED);
        causes.forEach((type, cause) -> assertThat(UserEventDetector.detect(event(type, null)))
                .containsExactly(Detected.now(Selector.sub("u1"), cause)));
    }

    @Test
    void aRefreshTokenThatComesAgainRevokesTheGrantAndOtherRefusalsNothing() {
        Event reuse = event(
                EventType.REFRESH_TOKEN_ERROR,
                Map.of("refresh_token_sub", "u1", "reason", "Maximum allowed refresh token reuse exceeded"));
        reuse.setClientId("app");
        assertThat(UserEventDetector.detect(reuse))
                .containsExactly(Detected.now(Selector.grant("app", "u1"), Cause.REFRESH_TOKEN_REUSED));
        Event expired = event(
                EventType.REFRESH_TOKEN_ERROR, Map.of("refresh_token_sub", "u1", "reason", "Token is not active"));
        expired.setClientId("app");
        assertThat(UserEventDetector.detect(expired)).isEmpty();
    }

    @Test
    void deletedClientIsRevoked() {
        Event event = event(EventType.CLIENT_DELETE, null);
        event.setClientId("app");
        assertThat(UserEventDetector.detect(event))
                .containsExactly(Detected.now(Selector.azp("app"), Cause.CLIENT_DELETED));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void everyOtherEventRevokesNothingAndNoneBreaksOnMissingFields(EventType type) {
        Event bare = new Event();
        bare.setType(type);
        assertThat(UserEventDetector.detect(bare)).isEmpty();
        if (!REVOKING.contains(type)) {
            Event full = event(type, Map.of("token_id", "t", "revoked_client", "c", "credential_type", "password"));
            full.setSessionId("s1");
            full.setClientId("app");
            assertThat(UserEventDetector.detect(full)).isEmpty();
        }
    }

    private static Event event(EventType type, Map<String, String> details) {
        Event event = new Event();
        event.setType(type);
        event.setUserId("u1");
        event.setDetails(details == null ? null : new HashMap<>(details));
        return event;
    }
}
