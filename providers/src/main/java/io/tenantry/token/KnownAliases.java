package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The organizations that aliases stand for, as far as one request has learnt. Keycloak 26.7 caches organizations by
 * their internal id alone: each look by alias asks the database, and issuing one token looks several times. An alias never
 * changes, so it is the only thing remembered; whether the tenant is still there, enabled, and the user's is not.
 */
final class KnownAliases {
    private final Map<TenantId, String> organizationIds = new HashMap<>();

    /** Learns that a tenant is the organization with this internal id. */
    void learn(TenantId alias, String organizationId) {
        organizationIds.put(alias, organizationId);
    }

    /**
     * Finds a tenant by the quick way where its organization is known, and by the other where it is not.
     *
     * @param aliasOf a tenant's alias; one that has another than was asked for is not found
     */
    <T> Optional<T> find(
            TenantId alias,
            Function<T, TenantId> aliasOf,
            Function<String, Optional<T>> byOrganizationId,
            Function<TenantId, Optional<T>> byAlias) {
        String known = organizationIds.get(alias);
        return known == null
                ? byAlias.apply(alias)
                : byOrganizationId
                        .apply(known)
                        .filter(tenant -> aliasOf.apply(tenant).equals(alias));
    }
}
