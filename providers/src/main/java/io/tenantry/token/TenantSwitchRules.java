package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which tenant a token exchange ends up in. */
final class TenantSwitchRules {
    private final Predicate<TenantId> holds;
    private final Predicate<TenantId> signedInWell;

    /**
     * Judges by the session at hand.
     *
     * @param holds whether the user may act in a tenant through the client
     * @param signedInWell whether the session began in the way that a tenant demands
     */
    TenantSwitchRules(Predicate<TenantId> holds, Predicate<TenantId> signedInWell) {
        this.holds = holds;
        this.signedInWell = signedInWell;
    }

    /** The outcome. */
    sealed interface Outcome {
        /** The exchanged token is for this tenant; null for none. */
        record Into(@Nullable TenantId tenant) implements Outcome {}

        record Refused(TenantRefusal refusal) implements Outcome {}
    }

    /**
     * Decides.
     *
     * @param subject the subject token's tenant, or null
     * @param named the tenants that the requested scope names
     * @param maySwitch whether the client may change the tenant
     */
    Outcome decide(@Nullable TenantId subject, List<TenantId> named, boolean maySwitch) {
        if (subject != null && !holds.test(subject)) {
            return new Outcome.Refused(TenantRefusal.LOST);
        }
        if (named.size() > 1) {
            return new Outcome.Refused(TenantRefusal.AMBIGUOUS);
        }
        if (named.isEmpty() || named.get(0).equals(subject)) {
            return new Outcome.Into(subject);
        }
        // Before the tenant is looked at: the answer must not tell whether it exists.
        if (!maySwitch) {
            return new Outcome.Refused(TenantRefusal.SWITCH_FORBIDDEN);
        }
        TenantId target = named.get(0);
        if (!holds.test(target)) {
            return new Outcome.Refused(TenantRefusal.UNAVAILABLE);
        }
        return signedInWell.test(target) ? new Outcome.Into(target) : new Outcome.Refused(TenantRefusal.STEP_UP_NEEDED);
    }
}
