package io.tenantry.token;

import io.tenantry.doctor.Finding;
import io.tenantry.settings.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Decides what is wrong with a tenant's name and with how it wants its people to sign in. */
final class TenantSetupRules {
    /** What ends an alias in a scope, or in a list of tenants. */
    private static final Pattern ENDS_A_NAME = Pattern.compile("[\\s,:]");

    private static final Pattern HOST_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final int highestLevel;
    private final boolean hosts;

    /**
     * Judges a realm's tenants.
     *
     * @param highestLevel the highest level of authentication that the realm's browser flow counts; 0 if it counts none
     * @param hosts whether host names stand for tenants
     */
    TenantSetupRules(int highestLevel, boolean hosts) {
        this.highestLevel = highestLevel;
        this.hosts = hosts;
    }

    Stream<Finding> check(TenantSetup tenant) {
        List<Finding> findings = new ArrayList<>();
        if (ENDS_A_NAME.matcher(tenant.alias()).find()) {
            findings.add(Finding.error(
                    "tenant-id-unusable",
                    "No scope and no list of tenants can name this tenant: its alias holds a space, a comma or a colon.",
                    tenant.where(),
                    "Create the organization anew with another alias: an alias cannot be changed."));
        } else if (hosts && !HOST_LABEL.matcher(tenant.alias()).matches()) {
            findings.add(Finding.warning(
                    "tenant-id-not-a-host-name",
                    "No host name can stand for this tenant: its alias is no label of one, in lower case.",
                    tenant.where(),
                    "Have its people name it by scope, or create the organization anew with another alias."));
        }
        if (tenant.demands()) {
            demand(tenant, findings);
        }
        return findings.stream();
    }

    private void demand(TenantSetup tenant, List<Finding> findings) {
        LoginDemand demand;
        try {
            demand = LoginDemand.parse(tenant.identityProvider(), tenant.level(), tenant.alias());
        } catch (InvalidSettingException e) {
            findings.add(Finding.error(
                    "login-level-unusable",
                    "Nobody can sign in for this tenant: " + e.getMessage() + ".",
                    tenant.where(),
                    "Mend the organization's attribute " + LoginDemand.LEVEL + "."));
            return;
        }
        String provider = demand.identityProvider();
        if (provider != null && !tenant.linked().contains(provider)) {
            findings.add(Finding.error(
                    "login-provider-unusable",
                    "Nobody can sign in for this tenant: it demands the identity provider " + provider
                            + ", which is not an enabled one that is linked to it.",
                    tenant.where(),
                    "Link that identity provider to the organization and enable it, or mend the attribute "
                            + LoginDemand.IDENTITY_PROVIDER + "."));
        }
        if (demand.level() > highestLevel) {
            findings.add(Finding.error(
                    "login-level-unreachable",
                    String.format(
                            Locale.ROOT,
                            "Nobody can sign in for this tenant: it demands level %d, and the highest that the browser"
                                    + " flow reaches is %d.",
                            demand.level(),
                            highestLevel),
                    tenant.where(),
                    "Add a condition for that level to the browser flow, or lower the attribute " + LoginDemand.LEVEL
                            + "."));
        }
    }
}
