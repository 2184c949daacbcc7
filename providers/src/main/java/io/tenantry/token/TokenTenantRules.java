package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/** Whether a token may be issued as it came out of the mappers. */
final class TokenTenantRules {
    private TokenTenantRules() {}

    /**
     * Judges an issue.
     *
     * @param active the one tenant that the token is for
     * @param named the tenants that the request names
     * @param required whether the client wants a tenant in every token
     * @return why not, or empty
     */
    static Optional<TenantRefusal> refusal(ActiveTenant active, List<TenantId> named, boolean required) {
        if (active instanceof ActiveTenant.Lost) {
            return Optional.of(TenantRefusal.LOST);
        }
        if (active instanceof ActiveTenant.Ambiguous && (required || !named.isEmpty())) {
            return Optional.of(TenantRefusal.AMBIGUOUS);
        }
        Optional<TenantId> tenant = active.id();
        if (named.stream().anyMatch(name -> !tenant.equals(Optional.of(name)))) {
            return Optional.of(TenantRefusal.UNAVAILABLE);
        }
        return required && tenant.isEmpty() ? Optional.of(TenantRefusal.MISSING) : Optional.empty();
    }
}
