package io.tenantry.password;

import io.tenantry.doctor.DoctorCheck;
import io.tenantry.doctor.Finding;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.organization.OrganizationProvider;

/** Looks at the tenants' password rules: whether they are in force, can be used, and can be obeyed. */
public final class PasswordDoctor implements DoctorCheck {
    @Override
    public Stream<Finding> findings(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        if (!new Tenants(session).shared()) {
            return Stream.empty();
        }
        OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
        if (!TenantPolicies.inForce(realm)) {
            return PasswordSetupRules.notInForce(organizations
                    .getAllStream()
                    .filter(tenant -> tenant.getAttributes().containsKey(TenantPolicyAttributes.RULES))
                    .map(tenant -> tenant.getAlias())
                    .sorted()
                    .toList());
        }
        TenantPolicies policies = new TenantPolicies(session);
        List<LenderPolicy> inForce = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        organizations.getAllStream().map(OrganizationTenant::new).forEach(tenant -> {
            LenderPolicy policy = policies.of(tenant);
            PasswordSetupRules.broken(policy).forEach(findings::add);
            if (tenant.enabled()) {
                inForce.add(policy);
            }
        });
        new PasswordPolicyAdmin(session)
                .contradictions(inForce, new MembersInCommon(session)::of).stream()
                        .map(PasswordSetupRules::contradiction)
                        .forEach(findings::add);
        return findings.stream();
    }
}
