package io.tenantry.tenant;

import io.tenantry.settings.InvalidSettingException;
import java.util.Optional;
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

    private static final int SHOWN = 16;

    /**
     * Its id, where a tenant is really meant.
     *
     * @throws InvalidSettingException if the attribute cannot be one
     */
    @Override
    public TenantId id() {
        return usableId()
                .orElseThrow(() -> new InvalidSettingException(
                        TENANT_ID_ATTRIBUTE,
                        written().substring(0, SHOWN) + "…",
                        "write at most " + TenantId.MAX_LENGTH + " characters"));
    }

    /**
     * Its id, for those who ask in every realm: one that has nothing to do with tenants may hold anything in the
     * attribute. Empty where that cannot be an id.
     */
    public Optional<TenantId> usableId() {
        return Optional.of(written()).filter(TenantId::possible).map(TenantId::new);
    }

    private String written() {
        String configured = realm.getAttribute(TENANT_ID_ATTRIBUTE);
        return isBlank(configured) ? realm.getName() : configured;
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
