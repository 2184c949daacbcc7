package io.tenantry.token;

import io.tenantry.doctor.Finding;
import io.tenantry.tenant.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides whether it is well written which tenants a client works for. */
final class WrittenTenantsRules {
    private final Predicate<TenantId> tenantExists;

    WrittenTenantsRules(Predicate<TenantId> tenantExists) {
        this.tenantExists = tenantExists;
    }

    Stream<Finding> check(ClientSetup client) {
        List<Finding> findings = new ArrayList<>();
        List<WrittenTenants> written = client.tenants();
        written.forEach(place -> listed(place, client.where() + ", " + place.where(), findings));
        if (written.size() > 1) {
            findings.add(Finding.warning(
                    "client-tenants-twice",
                    "Which tenants the client serves is written in several places, and only what all of them allow"
                            + " holds: "
                            + written.stream().map(WrittenTenants::where).collect(Collectors.joining(", ")) + ".",
                    client.where(),
                    "Leave one " + TenantClientRulesMapper.PROVIDER_ID + ", or the client's attributes."));
        }
        return findings.stream();
    }

    private void listed(WrittenTenants place, String where, List<Finding> findings) {
        if (!place.allowed().isEmpty() && place.listed().isEmpty()) {
            findings.add(Finding.error(
                    "client-tenants-unreadable",
                    "The client serves no tenant, as its list names none that can be read.",
                    where,
                    "Write the aliases of its tenants into " + WrittenTenants.ALLOWED + ", or remove it for all."));
        }
        List<String> unknown = place.listed().stream()
                .filter(tenant -> !tenantExists.test(tenant))
                .map(TenantId::value)
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            findings.add(Finding.warning(
                    "client-tenant-unknown",
                    "The client is to serve tenants that do not exist: " + String.join(", ", unknown) + ".",
                    where,
                    "Mend or remove them in " + WrittenTenants.ALLOWED + "."));
        }
        if (!List.of("", "true", "false").contains(place.switching())) {
            findings.add(Finding.warning(
                    "tenant-switch-without-effect",
                    "The client cannot switch tenants: " + WrittenTenants.SWITCH + " is '" + place.switching() + "'.",
                    where,
                    "Write true or false into " + WrittenTenants.SWITCH + "."));
        }
    }
}
