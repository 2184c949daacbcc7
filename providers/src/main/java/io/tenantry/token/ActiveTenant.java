package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.Optional;

/** The answer to which one tenant a token is for. */
sealed interface ActiveTenant {
    /** The tenant, where there is exactly one that the user may act in. */
    default Optional<TenantId> id() {
        return Optional.empty();
    }

    /** Exactly this one: enabled, and the user a member, when the question was asked. */
    record Present(TenantId tenant) implements ActiveTenant {
        @Override
        public Optional<TenantId> id() {
            return Optional.of(tenant);
        }
    }

    /** The presented token was for this tenant, which the user may no longer act in. */
    record Lost(TenantId tenant) implements ActiveTenant {}

    /** Several tenants were asked for at once. */
    record Ambiguous() implements ActiveTenant {}

    /** No tenant was asked for, or none that the user may act in. */
    record Absent() implements ActiveTenant {}
}
