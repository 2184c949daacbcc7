package io.tenantry.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.settings.InvalidSettingException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoleTableTest {
    private final RoleTable table = RoleTable.of(
            "roles.groups",
            Map.of(
                    "officer", List.of("officers", "/staff/lending/"),
                    "auditor", List.of("auditors")));

    @Test
    void valuesGiveTheirGroupsAndUnknownOnesGiveNone() {
        assertThat(table.given(List.of("officer", "realm-admin", "auditors")))
                .containsOnly(List.of("officers"), List.of("staff", "lending"));
    }

    @Test
    void missingAttributeGivesNone() {
        assertThat(table.given(List.of())).isEmpty();
    }

    @Test
    void mappedAreAllGroupsThatTheTableNames() {
        assertThat(table.mapped()).containsOnly(List.of("officers"), List.of("staff", "lending"), List.of("auditors"));
    }

    @Test
    void pathThatNamesNothingIsRefused() {
        assertThatThrownBy(() -> RoleTable.of("roles.groups", Map.of("x", List.of(" / "))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("roles.groups x is ' / '");
    }

    @Test
    void endlessTableIsRefused() {
        List<String> rows = Collections.nCopies(RoleTable.MAX_ROWS + 1, "officers");
        assertThatThrownBy(() -> RoleTable.of("roles.groups", Map.of("x", rows)))
                .isInstanceOf(InvalidSettingException.class);
    }
}
