package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TenantRoleRulesTest {
    @Test
    void realmRolesAreListedSortedAndOnce() {
        assertThat(listed(
                        Map.of(),
                        new HeldRole("underwriter", null),
                        new HeldRole("teller", null),
                        new HeldRole("teller", null),
                        new HeldRole("auditor", "ledger")))
                .containsExactly("teller", "underwriter");
    }

    @Test
    void clientRolesAreThoseOfTheClientThatTheTokenIsFor() {
        assertThat(listed(
                        Map.of("tenant.roles.source", "client-roles"),
                        new HeldRole("teller", null),
                        new HeldRole("auditor", "ledger"),
                        new HeldRole("writer", "loans")))
                .containsExactly("writer");
    }

    @Test
    void aNamedClientsRolesAreListedWhoeverTheTokenIsFor() {
        assertThat(listed(
                        Map.of("tenant.roles.source", "both", "tenant.roles.client", "ledger"),
                        new HeldRole("teller", null),
                        new HeldRole("auditor", "ledger"),
                        new HeldRole("writer", "loans")))
                .containsExactly("auditor", "teller");
    }

    @Test
    void onlyRolesWithThePrefixAreListedUnderTheirFullName() {
        assertThat(listed(
                        Map.of("tenant.roles.prefix", "loan-"),
                        new HeldRole("loan-approver", null),
                        new HeldRole("teller", null)))
                .containsExactly("loan-approver");
    }

    @Test
    void rolesThatEveryUserOfKeycloakHasAreNotATenants() {
        assertThat(listed(
                        Map.of(),
                        new HeldRole("default-roles-granite", null),
                        new HeldRole("offline_access", null),
                        new HeldRole("uma_authorization", null)))
                .isEmpty();
    }

    private static List<String> listed(Map<String, String> config, HeldRole... held) {
        return new TenantRoleRules(TenantClaimsSettings.of(config), "loans").select(Stream.of(held));
    }
}
