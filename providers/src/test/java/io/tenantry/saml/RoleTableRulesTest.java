package io.tenantry.saml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.doctor.Finding;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoleTableRulesTest {
    private static final List<String> OFFICERS = List.of("staff", "officers");

    @Test
    void groupsThatAreThereAreWell() {
        assertThat(checks("roles", "/staff/officers")).isEmpty();
    }

    @Test
    void emptyTableNeedsNoAttribute() {
        assertThat(RoleTableRules.check("idp", "", RoleTable.of("groups", Map.of()), path -> false))
                .isEmpty();
    }

    @Test
    void withoutAnAttributeEverybodyLeaves() {
        assertThat(checks(" ", "staff/officers")).containsExactly("roles-attribute-missing");
    }

    @Test
    void groupThatIsGoneGivesNothing() {
        assertThat(RoleTableRules.check(
                        "idp",
                        "roles",
                        RoleTable.of("groups", Map.of("clerk", List.of("staff/clerks"))),
                        OFFICERS::equals))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo("roles-group-missing");
                    assertThat(finding.what()).contains("'staff/clerks'");
                });
    }

    private static Stream<String> checks(String attribute, String path) {
        return RoleTableRules.check(
                        "idp", attribute, RoleTable.of("groups", Map.of("officer", List.of(path))), OFFICERS::equals)
                .map(Finding::check);
    }
}
