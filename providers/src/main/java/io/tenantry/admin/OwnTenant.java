package io.tenantry.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tenantry.pages.TenantFaces;
import io.tenantry.tenant.Tenant;
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
    static OwnTenant of(Tenant tenant, TenantFaces.Face face, boolean active) {
        return new OwnTenant(tenant.id().value(), face.name(), face.logo(), active);
    }
}
