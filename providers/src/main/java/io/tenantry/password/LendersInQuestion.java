package io.tenantry.password;

import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.Tenants;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** For rules about the lender: the one whose rule is asked, or at a realm's own rule all that the user belongs to. */
final class LendersInQuestion {
    private LendersInQuestion() {}

    static LenderNames names(KeycloakSession session, @Nullable UserModel user, @Nullable String username) {
        LenderNames names = new LenderNames();
        lenders(session, user).forEach(names::add);
        return user == null
                ? names.addUser(username, RegistrationForm.email(session))
                : names.addUser(user.getUsername(), user.getEmail());
    }

    private static List<Lender> lenders(KeycloakSession session, @Nullable UserModel user) {
        if (session.getContext().getRealm() instanceof PolicyLens lens) {
            return List.of(lens.lender());
        }
        Tenants tenants = new Tenants(session);
        Stream<Tenant> found = user == null ? Stream.empty() : tenants.ofMember(user);
        Optional<Tenant> byEmail = tenants.ofEmail(user == null ? RegistrationForm.email(session) : user.getEmail());
        return Stream.of(found, tenants.current().stream(), byEmail.stream())
                .flatMap(each -> each)
                .map(TenantPolicies::lender)
                .distinct()
                .toList();
    }
}
