package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which one tenant a token is for. */
final class ActiveTenantRules {
    /** Whether the tenant exists, is enabled, and has the user as a member, at this moment. */
    private final Predicate<TenantId> holds;

    ActiveTenantRules(Predicate<TenantId> holds) {
        this.holds = holds;
    }

    /**
     * Decides by what is known, the most binding first.
     *
     * @param pinned the tenant of the token that the request presents, if it has one: a refresh token, a subject
     *     token, the token that is introspected
     * @param chosen the organization that Keycloak has settled on for this request
     * @param scopes the tenants that the requested scopes stand for, in any order; asked for only where nothing
     *     more binding decides, since it costs a query of the database for each scope
     * @param sole the tenant of a client or service account that has only one
     */
    ActiveTenant decide(
            @Nullable TenantId pinned,
            @Nullable TenantId chosen,
            Supplier<List<TenantId>> scopes,
            @Nullable TenantId sole) {
        if (pinned != null) {
            return holds.test(pinned) ? new ActiveTenant.Present(pinned) : new ActiveTenant.Lost(pinned);
        }
        if (chosen != null && holds.test(chosen)) {
            return new ActiveTenant.Present(chosen);
        }
        List<TenantId> requested = scopes.get();
        if (requested.size() == 1 && holds.test(requested.get(0))) {
            return new ActiveTenant.Present(requested.get(0));
        }
        if (requested.size() > 1) {
            return new ActiveTenant.Ambiguous();
        }
        if (requested.isEmpty() && sole != null && holds.test(sole)) {
            return new ActiveTenant.Present(sole);
        }
        return new ActiveTenant.Absent();
    }
}
