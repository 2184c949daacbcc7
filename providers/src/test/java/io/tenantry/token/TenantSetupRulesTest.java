package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.doctor.Finding;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TenantSetupRulesTest {
    private static final Set<String> LINKED = Set.of("northbank-idp");

    @Test
    void plainTenantIsWell() {
        assertThat(checks("northbank", null, null, 0, true)).isEmpty();
        assertThat(checks("northbank", " ", "", 0, true)).isEmpty();
    }

    @Test
    void demandThatCanBeMetIsWell() {
        assertThat(checks("northbank", "northbank-idp", "2", 2, false)).isEmpty();
    }

    @Test
    void aliasThatEndsAName() {
        for (String alias : List.of("north bank", "north,bank", "north:bank", "north\tbank")) {
            assertThat(checks(alias, null, null, 0, true)).containsExactly("tenant-id-unusable");
        }
    }

    @Test
    void aliasThatIsNoHostMattersWhereHostsStandForTenantsAlone() {
        for (String alias : List.of("North", "north_bank", "-north", "north-", "n".repeat(64))) {
            assertThat(checks(alias, null, null, 0, true)).containsExactly("tenant-id-not-a-host-name");
            assertThat(checks(alias, null, null, 0, false)).isEmpty();
        }
    }

    @Test
    void demandsThatNobodyCanMeet() {
        assertThat(checks("northbank", "other-idp", "3", 2, false))
                .containsExactly("login-provider-unusable", "login-level-unreachable");
        assertThat(checks("northbank", null, "high", 2, false)).containsExactly("login-level-unusable");
    }

    private static List<String> checks(
            String alias, @Nullable String provider, @Nullable String level, int highest, boolean hosts) {
        return new TenantSetupRules(highest, hosts)
                .check(new TenantSetup(alias, provider, level, LINKED))
                .map(Finding::check)
                .toList();
    }
}
