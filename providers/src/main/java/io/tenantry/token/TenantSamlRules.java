package io.tenantry.token;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which one tenant a SAML sign-in is for.
 *
 * @param <T> a tenant
 */
final class TenantSamlRules<T> {
    private final Predicate<T> holds;
    private final Predicate<T> vouchedFor;
    private final Predicate<T> demandMet;

    /**
     * Judges a sign-in.
     *
     * @param holds whether a tenant is enabled, has the user, and lets the client serve it
     * @param vouchedFor whether the identity provider that the session came through, if any, may speak for a tenant
     * @param demandMet whether the session was begun in the way that a tenant demands
     */
    TenantSamlRules(Predicate<T> holds, Predicate<T> vouchedFor, Predicate<T> demandMet) {
        this.holds = holds;
        this.vouchedFor = vouchedFor;
        this.demandMet = demandMet;
    }

    /** Exactly one of the two is set. */
    record Outcome<T>(@Nullable T tenant, @Nullable TenantRefusal refusal) {}

    /** Decides on the tenant that is named: the one chosen while signing in, else the one that owns the client. */
    Outcome<T> named(@Nullable T tenant) {
        if (tenant == null || !holds.test(tenant) || !vouchedFor.test(tenant)) {
            return new Outcome<>(null, TenantRefusal.UNAVAILABLE);
        }
        return demandMet.test(tenant) ? new Outcome<>(tenant, null) : new Outcome<>(null, TenantRefusal.STEP_UP_NEEDED);
    }

    /** Decides where none is named, by the tenants that the user is in. */
    Outcome<T> only(List<T> ofMember) {
        List<T> possible =
                ofMember.stream().filter(holds.and(vouchedFor)).limit(2).toList();
        return switch (possible.size()) {
            case 0 -> new Outcome<>(null, TenantRefusal.MISSING);
            case 1 -> named(possible.get(0));
            default -> new Outcome<>(null, TenantRefusal.AMBIGUOUS);
        };
    }
}
