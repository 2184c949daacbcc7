package io.tenantry.stack.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RealmDiffTest {
    @Test
    void whatTheFileDoesNotMentionIsNotCompared() {
        assertThat(differences("{'loginTheme': 'tenantry'}", "{'loginTheme': 'tenantry', 'enabled': true}"))
                .isEmpty();
    }

    @Test
    void aChangedSettingIsNamedWithBothValues() {
        assertThat(differences("{'accessTokenLifespan': 300}", "{'accessTokenLifespan': 3600}"))
                .containsExactly("~ $.accessTokenLifespan: the server has 3600, the file 300");
    }

    @Test
    void namesStandInPathsForNumbers() {
        assertThat(differences(
                        "{'clients': [{'clientId': 'a'}, {'clientId': 'b', 'redirectUris': ['x', 'y']}]}",
                        "{'clients': [{'clientId': 'b', 'redirectUris': ['y']}, {'clientId': 'a'}]}"))
                .containsExactly("~ $.clients['b'].redirectUris: the server has [\"y\"], the file [\"x\",\"y\"]");
    }

    @Test
    void whatOneSideLacksIsToldApart() {
        assertThat(differences(
                        "{'organizations': [{'alias': 'northbank'}]}", "{'organizations': [{'alias': 'harbor'}]}"))
                .containsExactly("+ $.organizations['northbank']", "- $.organizations['harbor']");
    }

    @Test
    void anAttributeThatSomebodyGaveALenderIsTold() {
        assertThat(differences(
                        "{'organizations': [{'alias': 'a', 'attributes': {}}]}",
                        "{'organizations': [{'alias': 'a', 'attributes': {'password-policy': ['length(4)']}}]}"))
                .containsExactly(
                        "- $.organizations['a'].attributes['password-policy']: the server has [\"length(4)\"]");
    }

    @Test
    void keycloaksOwnPartsAreNoDifference() {
        assertThat(differences(
                        "{'clients': [], 'clientScopes': [], 'roles': {'realm': []}}",
                        "{'clients': [{'clientId': 'account'}], 'clientScopes': [{'name': 'basic'}],"
                                + " 'roles': {'realm': [{'name': 'default-roles-lending'}]}}"))
                .isEmpty();
    }

    @Test
    void spellingsOfTheSameValueAreNoDifference() {
        assertThat(differences(
                        "{'a': true, 'b': '300', 'c': false, 'd': '', 'scopes': ['x', 'y']}",
                        "{'a': 'true', 'b': 300, 'scopes': ['y', 'x']}"))
                .isEmpty();
    }

    @Test
    void whatTheServerNeverShowsIsNoDifference() {
        assertThat(differences(
                        "{'components': {'org.keycloak.keys.KeyProvider': [{'name': 'rsa', 'config': {'keyUse': ['SIG'],"
                                + " 'priority': ['100']}}]}, 'smtpServer': {'auth': 'false', 'user': 'x'}}",
                        "{'components': {'org.keycloak.keys.KeyProvider': [{'name': 'rsa', 'config': {'priority':"
                                + " ['50']}}]}, 'smtpServer': {}}"))
                .containsExactly("~ $.components['org.keycloak.keys.KeyProvider']['rsa'].config.priority:"
                        + " the server has [\"50\"], the file [\"100\"]");
    }

    @Test
    void secretsAndPeopleAreNotCompared() {
        assertThat(differences(
                        "{'users': [{'username': 'maya'}], 'smtpServer': {'password': 'hidden'},"
                                + " 'clients': [{'clientId': 'a', 'secret': 'hidden'}]}",
                        "{'smtpServer': {'password': '**********'}, 'clients': [{'clientId': 'a'}]}"))
                .isEmpty();
    }

    @Test
    void aMergeKeepsWhatTheFileDoesNotMention() {
        JsonNode merged = Merged.of(
                json("{'id': '1', 'attributes': {'a': ['1'], 'b': ['2']}, 'domains': [{'name': 'x'}, {'name': 'y'}]}"),
                json("{'id': '2', 'attributes': {'a': ['3']}, 'domains': [{'name': 'z'}], 'members': []}"),
                Set.of("members"));

        assertThat(merged)
                .isEqualTo(json("{'id': '1', 'attributes': {'a': ['3'], 'b': ['2']},"
                        + " 'domains': [{'name': 'z'}, {'name': 'x'}, {'name': 'y'}]}"));
    }

    private static List<String> differences(String file, String server) {
        return RealmDiff.between("$", "", json(file), json(server)).stream()
                .map(Difference::toString)
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
