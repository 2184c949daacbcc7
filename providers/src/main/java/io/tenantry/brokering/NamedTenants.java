package io.tenantry.brokering;

import io.tenantry.contract.TenantClaims;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tenants that a token's claims name, in any of the shapes that Keycloak's mappers write. */
final class NamedTenants {
    private static final String ORGANIZATION = "organization";

    private NamedTenants() {}

    static Set<String> in(Map<String, @Nullable Object> claims) {
        Set<String> names = new HashSet<>();
        collect(claims.get(ORGANIZATION), names);
        collect(claims.get(TenantClaims.TENANT_ID), names);
        return names;
    }

    private static void collect(@Nullable Object claim, Set<String> names) {
        if (claim instanceof Map<?, ?> byName) {
            byName.keySet().forEach(name -> names.add(String.valueOf(name)));
        } else if (claim instanceof Collection<?> many) {
            many.forEach(each -> collect(each, names));
        } else if (claim != null) {
            names.add(claim.toString());
        }
    }
}
