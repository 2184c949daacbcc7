package io.tenantry.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant of the caller, for a tenant switcher.
 *
 * @param id what tokens and the scope {@code organization:<id>} call it
 * @param name for people to read
 * @param logo the address of its logo; left out if it has none
 * @param active whether the presented token is for it
 */
public record OwnTenant(
        String id,
        String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String logo,
        boolean active) {
    /** The organization attribute that holds the logo's address; the login theme shows the same. */
    private static final String LOGO_ATTRIBUTE = "branding.logo";

    static OwnTenant of(Tenant tenant, boolean active) {
        return new OwnTenant(tenant.id().value(), tenant.displayName(), logo(tenant), active);
    }

    private static @Nullable String logo(Tenant tenant) {
        return tenant instanceof OrganizationTenant shared
                ? shared.organization().getAttributes().getOrDefault(LOGO_ATTRIBUTE, List.of()).stream()
                        .findFirst()
                        .orElse(null)
                : null;
    }
}
