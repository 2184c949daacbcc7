package io.tenantry.token;

import io.tenantry.doctor.Finding;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.TenantId;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides whether a tenant's own realm is named well. */
final class OwnRealmRules {
    private OwnRealmRules() {}

    /**
     * Judges the name that the realm gives its tenant.
     *
     * @param tenantId the realm's attribute; null or blank for the realm's own name
     */
    static Stream<Finding> check(@Nullable String tenantId) {
        return tenantId == null || tenantId.length() <= TenantId.MAX_LENGTH
                ? Stream.empty()
                : Stream.of(Finding.error(
                        "tenant-id-unusable",
                        "No token can be issued: the tenant's id has more than " + TenantId.MAX_LENGTH + " characters.",
                        "realm attribute " + RealmTenant.TENANT_ID_ATTRIBUTE,
                        "Shorten it, or remove it to use the realm's name."));
    }
}
