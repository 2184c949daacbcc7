package io.tenantry.revocation.secevent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantry.contract.RevocationKind;
import io.tenantry.contract.Selector;
import io.tenantry.revocation.Cause;
import io.tenantry.settings.SecurityEventSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security-events.md lists which event tells of which cause, and whom it is about. */
class DocumentedSecurityEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EVENT_ROW =
            Pattern.compile("^\\| `((?:https://|urn:)[^`]+)` \\| ([^|]+) \\| [^|]+ \\|$", Pattern.MULTILINE);
    private static final Pattern SUBJECT_ROW =
            Pattern.compile("^\\| `([a-z]+)` \\| `(\\{[^|]+)` \\|$", Pattern.MULTILINE);
    private static final Pattern CAUSE = Pattern.compile("`([a-z-]+)`");

    @Test
    void everyCauseStandsInTheRowOfItsEvent() {
        Map<String, List<String>> documented = EVENT_ROW
                .matcher(page())
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> CAUSE.matcher(row.group(2))
                                .results()
                                .map((MatchResult cause) -> cause.group(1))
                                .sorted()
                                .toList(),
                        (first, second) -> {
                            throw new AssertionError("two rows for one event");
                        },
                        TreeMap::new));
        Map<String, List<String>> actual = Stream.of(Cause.values())
                .collect(Collectors.groupingBy(
                        cause -> SecurityEventRules.type(cause, RevocationKind.SUB)
                                .uri(),
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(Cause::word, Collectors.toList()),
                                causes -> causes.stream().sorted().toList())));
        assertThat(documented).isEqualTo(actual);
        assertThat(actual.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(EventType.values()).map(EventType::uri).toList());
    }

    @Test
    void everyKindHasItsSubject() {
        Map<String, JsonNode> documented = SUBJECT_ROW
                .matcher(page())
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> json(row.group(2))));
        Map<String, JsonNode> actual = Stream.of(
                        Selector.jti("…"),
                        Selector.sid("…"),
                        Selector.sub("…"),
                        Selector.member("northbank", "…"),
                        Selector.tenant("northbank"),
                        Selector.grant("app", "…"),
                        Selector.azp("app"),
                        Selector.realm())
                .collect(Collectors.toMap(
                        selector -> selector.kind().wireName(),
                        selector -> JSON.valueToTree(SubjectId.of(selector, "https://id.example/realms/lending"))));
        assertThat(documented).isEqualTo(actual).hasSize(RevocationKind.values().length);
    }

    @Test
    void everyOptionIsNamed() {
        assertThat(page())
                .contains(
                        "`" + SecurityEventSettings.SECURITY_EVENTS + "`", "`" + SecurityEventSettings.AUDIENCE + "`");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private static String page() {
        try {
            return Files.readString(Path.of(System.getProperty("basedir"))
                    .resolveSibling("docs")
                    .resolve("security-events.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
