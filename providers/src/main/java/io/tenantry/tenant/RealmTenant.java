package io.tenantry.tenant;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;

/**
 * A tenant with a realm of its own; all of the realm's users are its members.
 *
 * @param realm live, of the session that resolved it; without organizations
 */
public record RealmTenant(RealmModel realm) implements Tenant {
    /** The realm attribute that names the tenant where the realm's own name should not. */
    public static final String TENANT_ID_ATTRIBUTE = "tenant_id";

    @Override
    public TenantId id() {
        String configured = realm.getAttribute(TENANT_ID_ATTRIBUTE);
        return new TenantId(isBlank(configured) ? realm.getName() : configured);
    }

    @Override
    public String displayName() {
        String name = realm.getDisplayName();
        return isBlank(name) ? realm.getName() : name;
    }

    @Override
    public boolean enabled() {
        return realm.isEnabled();
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
