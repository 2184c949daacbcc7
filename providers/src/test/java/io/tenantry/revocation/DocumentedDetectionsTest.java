package io.tenantry.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.RevocationKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;

/** docs/revocation.md lists what is revoked by what: all that the detectors can find, and nothing else. */
class DocumentedDetectionsTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| [^|]+ \\| `([a-z-]+)` \\| ([^|]+) \\| (yes|no) \\|$", Pattern.MULTILINE);
    private static final Pattern KIND = Pattern.compile("`([a-z]+)`");
    private static final Pattern KIND_ROW = Pattern.compile("^\\| `([a-z]+)` \\| [^|]+ \\|$", Pattern.MULTILINE);
    private static final List<String> PATHS = Arrays.asList(
            null,
            "logout-all",
            "users/u1",
            "users/u1/logout",
            "users/u1/reset-password",
            "users/u1/credentials/c1",
            "users/u1/consents/app",
            "users/u1/federated-identity/corp",
            "users/u1/groups/g1",
            "groups/g1/role-mappings/realm",
            "groups/large/role-mappings/realm",
            "users/u1/role-mappings/realm",
            "ui-ext/role-mapping-delete/users/u1",
            "sessions/s1",
            "clients/c1",
            "clients/c1/client-secret",
            "organizations/o1",
            "organizations/o1/members/u1",
            "organizations/o1/groups/g1",
            "organizations/o1/groups/g1/members/u1",
            "organizations/o1/groups/g1/role-mappings/realm");

    @Test
    void theTableIsWhatTheDetectorsFind() {
        Map<String, Set<String>> documented = new TreeMap<>();
        ROW.matcher(page())
                .results()
                .forEach(row -> documented.put(row.group(1), new TreeSet<>(matches(KIND, row.group(2)))));
        Map<String, Set<String>> found = all().collect(Collectors.groupingBy(
                each -> each.cause().word(),
                TreeMap::new,
                Collectors.mapping(each -> each.selector().kind().wireName(), Collectors.toCollection(TreeSet::new))));
        assertThat(documented).isEqualTo(found);
        assertThat(found.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Cause.values()).map(Cause::word).toList());
    }

    @Test
    void theMarginIsTheOneInForce() {
        RevocationRules rules = new RevocationRules(Duration.ZERO, () -> "id");
        Instant now = Instant.ofEpochSecond(1_700_000_000);
        Map<String, String> documented = new TreeMap<>();
        ROW.matcher(page()).results().forEach(row -> documented.put(row.group(1), row.group(3)));
        Map<String, String> found = all().collect(Collectors.toMap(
                each -> each.cause().word(),
                each -> rules
                                .revocations(
                                        Set.of(new Detected(each.selector(), each.cause(), each.cutoff(), true)),
                                        now,
                                        TokenLifetimes.first(Duration.ofDays(36_500)))
                                .stream()
                                .anyMatch(revocation ->
                                        revocation.cutoff().equals(now.plus(RevocationRules.IN_FLIGHT_MARGIN)))
                        ? "yes"
                        : "no",
                (first, second) -> first,
                TreeMap::new));
        assertThat(documented).isEqualTo(found);
        assertThat(page())
                .contains("reaches " + RevocationRules.IN_FLIGHT_MARGIN.toSeconds() + " seconds past the commit");
    }

    @Test
    void everyKindIsExplained() {
        assertThat(matches(KIND_ROW, page()))
                .containsExactlyElementsOf(Stream.of(RevocationKind.values())
                        .map(RevocationKind::wireName)
                        .toList());
    }

    private static Stream<Detected> all() {
        List<Detected> found = new ArrayList<>(List.of(
                ModelChangeDetector.membershipLost("northbank", "u1"),
                ModelChangeDetector.tenantDeleted("northbank"),
                ModelChangeDetector.userDeleted("u1"),
                ModelChangeDetector.clientDeleted("app"),
                ModelChangeDetector.clientDisabled("app"),
                ModelChangeDetector.userDisabled("u1"),
                ModelChangeDetector.credentialRemoved("u1"),
                ModelChangeDetector.identityUnlinked("u1"),
                ModelChangeDetector.providerUnlinked("northbank"),
                ModelChangeDetector.providerDeleted("northbank"),
                ModelChangeDetector.providerDeleted(null),
                ModelChangeDetector.roleRevoked("u1", false),
                ModelChangeDetector.roleRevoked("u1", true),
                ModelChangeDetector.groupLeft("northbank", "u1", false),
                ModelChangeDetector.groupLeft("northbank", "u1", true),
                ModelChangeDetector.groupLeft(null, "u1", false),
                ModelChangeDetector.groupLeft(null, "u1", true),
                ModelChangeDetector.tenantGroupMoved("northbank"),
                ModelChangeDetector.realmDeleted(),
                ModelChangeDetector.listenerRestored(),
                ModelChangeDetector.notBefore(1_700_000_000),
                ModelChangeDetector.notBefore("app", 1_700_000_000),
                ModelChangeDetector.codeReused("app", "u1"),
                RevocationOrder.tenant("northbank"),
                RevocationOrder.user("u1", null),
                RevocationOrder.user("u1", "northbank"),
                RevocationOrder.client("app"),
                RevocationOrder.token("t1")));
        found.addAll(ModelChangeDetector.groupDeleted(List.of("u1")));
        found.addAll(ModelChangeDetector.groupDeleted(null));
        found.addAll(ModelChangeDetector.groupMoved(List.of("u1")));
        found.addAll(ModelChangeDetector.groupMoved(null));
        found.addAll(SessionEndingDetector.detect(List.of(new EndedSession("s1", "u1")), Set.of()));
        for (EventType type : EventType.values()) {
            for (String user : Arrays.asList("u1", null)) {
                for (String session : Arrays.asList("s1", null)) {
                    found.addAll(UserEventDetector.detect(event(type, user, session)));
                }
            }
        }
        for (ResourceType type : ResourceType.values()) {
            for (OperationType operation : OperationType.values()) {
                for (String path : PATHS) {
                    AdminEvent event = new AdminEvent();
                    event.setOperationType(operation);
                    event.setResourceType(type);
                    event.setResourcePath(path);
                    found.addAll(AdminEventDetector.detect(event, new EverythingDisabled()));
                }
            }
        }
        return found.stream();
    }

    private static Event event(EventType type, String user, String session) {
        Event event = new Event();
        event.setType(type);
        event.setUserId(user);
        event.setSessionId(session);
        event.setClientId("app");
        event.setDetails(Map.of(
                "token_id", "t1",
                "revoked_client", "app",
                "token_exchange_revoked_clients", "api",
                "credential_type", "password",
                "refresh_token_sub", "u1",
                "reason", "Maximum allowed refresh token reuse exceeded"));
        return event;
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static String page() {
        try {
            return Files.readString(Path.of(System.getProperty("basedir"))
                    .resolveSibling("docs")
                    .resolve("revocation.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final class EverythingDisabled implements RealmDirectory {
        @Override
        public RealmState realm() {
            return new RealmState(false, 1_700_000_000, true);
        }

        @Override
        public ClientState client(String id) {
            return new ClientState("app", false, 1_700_000_000);
        }

        @Override
        public OrganizationState organization(String id) {
            return new OrganizationState("northbank", false);
        }

        @Override
        public List<String> groupMembers(String id) {
            return id.equals("large") ? null : List.of("u1");
        }

        @Override
        public boolean isUserDisabled(String id) {
            return true;
        }
    }
}
