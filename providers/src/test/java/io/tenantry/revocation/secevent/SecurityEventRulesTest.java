package io.tenantry.revocation.secevent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.RevocationKind;
import io.tenantry.contract.Selector;
import io.tenantry.revocation.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SecurityEventRulesTest {
    private static final String ISSUER = "https://id.example/realms/lending";
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_999L);
    private static final Instant CUTOFF = AT.plusSeconds(2);
    private static final Map<String, String> ALICE = Map.of("format", "iss_sub", "iss", ISSUER, "sub", "alice");
    private static final Map<String, String> NORTHBANK = Map.of("format", "opaque", "id", "northbank");
    private static final Map<String, String> APP = Map.of("format", "opaque", "id", "app");

    private final SecurityEventRules rules = new SecurityEventRules(List.of("https://receiver.example"));

    @Test
    void aTokenHasTheEnvelopeOfTheSharedSignalsFrameworkAndNothingThatAnAccessTokenNeeds() {
        assertThat(claims(Selector.sid("s1"), Cause.LOGOUT))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "iss",
                        ISSUER,
                        "aud",
                        "https://receiver.example",
                        "jti",
                        "r1",
                        "iat",
                        1_700_000_000L,
                        "toe",
                        1_700_000_000L,
                        "txn",
                        "t1",
                        "sub_id",
                        Map.of("format", "complex", "session", Map.of("format", "opaque", "id", "s1")),
                        "events",
                        Map.of(
                                "https://schemas.openid.net/secevent/caep/event-type/session-revoked",
                                Map.of("reason_admin", Map.of("en", "logout"), "event_timestamp", 1_700_000_000L))));
    }

    @Test
    void severalReceiversAreAnArray() {
        assertThat(new SecurityEventRules(List.of("a", "b"))
                        .claims(revocation(Selector.sid("s1"), Cause.LOGOUT), ISSUER, AT, "t1"))
                .containsEntry("aud", List.of("a", "b"));
    }

    @Test
    void theSameRevocationGivesTheSameText() throws Exception {
        Revocation revocation = revocation(Selector.member("northbank", "alice"), Cause.GROUP_LEFT);
        ObjectMapper json = new ObjectMapper();
        assertThat(json.writeValueAsString(rules.claims(revocation, ISSUER, AT, "t1")))
                .isEqualTo(json.writeValueAsString(rules.claims(revocation, ISSUER, AT, "t1")))
                .contains("\"tenant_roles\":null");
    }

    @Test
    void everyKindHasItsSubject() {
        assertThat(subject(Selector.jti("t:1"))).isEqualTo(Map.of("format", "jwt_id", "iss", ISSUER, "jti", "t:1"));
        assertThat(subject(Selector.sid("s1")))
                .isEqualTo(Map.of("format", "complex", "session", Map.of("format", "opaque", "id", "s1")));
        assertThat(subject(Selector.sub("alice"))).isEqualTo(ALICE);
        assertThat(subject(Selector.member("northbank", "alice")))
                .isEqualTo(Map.of("format", "complex", "user", ALICE, "tenant", NORTHBANK));
        assertThat(subject(Selector.tenant("northbank"))).isEqualTo(Map.of("format", "complex", "tenant", NORTHBANK));
        assertThat(subject(Selector.grant("app", "alice")))
                .isEqualTo(Map.of("format", "complex", "user", ALICE, "application", APP));
        assertThat(subject(Selector.azp("app"))).isEqualTo(Map.of("format", "complex", "application", APP));
        assertThat(subject(Selector.realm())).isEqualTo(Map.of("format", "uri", "uri", ISSUER));
    }

    @ParameterizedTest
    @EnumSource(
            value = RevocationKind.class,
            names = {"JTI", "GRANT", "AZP", "REALM"})
    void whatConcernsNoSessionUserOrTenantIsOurOwnEventWhateverTheCause(RevocationKind kind) {
        for (Cause cause : Cause.values()) {
            assertThat(SecurityEventRules.type(cause, kind)).isEqualTo(EventType.TOKENS_REVOKED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RevocationKind.class,
            names = {"JTI", "GRANT", "AZP", "REALM"},
            mode = Mode.EXCLUDE)
    void endedTrustInAUserIsAnEventOfTheUsers(RevocationKind kind) {
        assertThat(SecurityEventRules.type(Cause.USER_DISABLED, kind)).isEqualTo(EventType.ACCOUNT_DISABLED);
        assertThat(SecurityEventRules.type(Cause.USER_LOCKED_OUT, kind)).isEqualTo(EventType.ACCOUNT_DISABLED);
        assertThat(SecurityEventRules.type(Cause.USER_DELETED, kind)).isEqualTo(EventType.ACCOUNT_PURGED);
        assertThat(SecurityEventRules.type(Cause.MEMBERSHIP_LOST, kind)).isEqualTo(EventType.SESSION_REVOKED);
        assertThat(SecurityEventRules.type(Cause.NOT_BEFORE, kind)).isEqualTo(EventType.TOKENS_REVOKED);
    }

    @Test
    void credentialChangesSayWhichAndHow() {
        assertThat(event(Selector.sub("alice"), Cause.PASSWORD_CHANGED))
                .containsEntry("credential_type", "password")
                .containsEntry("change_type", "update");
        assertThat(event(Selector.sub("alice"), Cause.CREDENTIAL_REMOVED))
                .containsEntry("credential_type", "unspecified")
                .containsEntry("change_type", "delete");
        assertThat(event(Selector.sub("alice"), Cause.IDENTITY_UNLINKED))
                .containsEntry("credential_type", "federated-identity")
                .containsEntry("change_type", "delete");
    }

    @Test
    void changedClaimsAreNamedWithoutAValue() {
        assertThat(event(Selector.tenant("northbank"), Cause.ROLE_LOST))
                .extractingByKey("claims")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("tenant_roles")
                .containsEntry("tenant_roles", null);
        assertThat(event(Selector.sub("alice"), Cause.ROLE_LOST))
                .extractingByKey("claims")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("tenant_roles", "realm_access", "resource_access", "groups");
    }

    @Test
    void ourOwnEventTellsUpToWhenTokensAreVoid() {
        assertThat(event(Selector.azp("app"), Cause.CLIENT_REVOKED))
                .containsEntry("kind", "azp")
                .containsEntry("cutoff", CUTOFF.getEpochSecond())
                .containsEntry("initiating_entity", "admin")
                .containsEntry("reason_admin", Map.of("en", "client-revoked"));
    }

    @Test
    void eventsOfRiscHoldNothingThatItDoesNotKnow() {
        assertThat(event(Selector.sub("alice"), Cause.USER_DISABLED)).isEmpty();
        assertThat(event(Selector.sub("alice"), Cause.USER_LOCKED_OUT)).isEmpty();
        assertThat(event(Selector.sub("alice"), Cause.USER_DELETED)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void everyCauseHasOneEventWithAReasonUnlessItIsOfRisc(Cause cause) {
        Map<String, Object> event = event(Selector.sub("alice"), cause);
        if (!event.isEmpty()) {
            assertThat(event).containsEntry("reason_admin", Map.of("en", cause.word()));
        }
    }

    private Map<String, Object> claims(Selector selector, Cause cause) {
        return rules.claims(revocation(selector, cause), ISSUER, AT, "t1");
    }

    private Object subject(Selector selector) {
        return claims(selector, Cause.NOT_BEFORE).get("sub_id");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> event(Selector selector, Cause cause) {
        Map<String, Map<String, Object>> events =
                (Map<String, Map<String, Object>>) claims(selector, cause).get("events");
        assertThat(events).hasSize(1);
        return events.values().iterator().next();
    }

    private static Revocation revocation(Selector selector, Cause cause) {
        return new Revocation("r1", selector, CUTOFF, CUTOFF.plusSeconds(360), cause.word());
    }
}
