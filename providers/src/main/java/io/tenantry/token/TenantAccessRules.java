package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which tenant somebody signs in for. */
final class TenantAccessRules {
    private final Predicate<TenantId> holds;

    /**
     * Judges a sign-in.
     *
     * @param holds whether the user may act in a tenant through the client
     */
    TenantAccessRules(Predicate<TenantId> holds) {
        this.holds = holds;
    }

    /**
     * What a sign-in says about tenants.
     *
     * @param named those that the scopes name
     * @param hinted the one that a parameter or the host name stands for
     * @param selected the one chosen on the selection page
     * @param owner the one that owns the client
     * @param any whether a tenant is asked for without naming one
     * @param required whether the client wants a tenant in every token
     * @param held the tenants that the user may act in; two are enough
     */
    record Request(
            List<TenantId> named,
            @Nullable TenantId hinted,
            @Nullable TenantId selected,
            @Nullable TenantId owner,
            boolean any,
            boolean required,
            List<TenantId> held) {}

    /** The outcome. */
    sealed interface Outcome {
        record For(TenantId tenant) implements Outcome {}

        /** The user is in several: ask which. */
        record Ask() implements Outcome {}

        /** No tenant is concerned. */
        record Without() implements Outcome {}

        record Refused(TenantRefusal refusal) implements Outcome {}
    }

    /** Decides. Whoever names a tenant in two ways must mean the same one. */
    Outcome decide(Request request) {
        Set<TenantId> meant = new LinkedHashSet<>(request.named());
        List<@Nullable TenantId> others = new ArrayList<>();
        others.add(request.hinted());
        others.add(request.selected());
        others.add(request.any() || request.required() ? request.owner() : null);
        for (TenantId other : others) {
            if (other != null) {
                meant.add(other);
            }
        }
        if (meant.size() > 1) {
            return new Outcome.Refused(
                    request.named().size() > 1 ? TenantRefusal.AMBIGUOUS : TenantRefusal.UNAVAILABLE);
        }
        if (!meant.isEmpty()) {
            TenantId tenant = meant.iterator().next();
            return holds.test(tenant) ? new Outcome.For(tenant) : new Outcome.Refused(TenantRefusal.UNAVAILABLE);
        }
        if (!request.any() && !request.required()) {
            return new Outcome.Without();
        }
        return switch (request.held().size()) {
            case 0 -> request.required() ? new Outcome.Refused(TenantRefusal.MISSING) : new Outcome.Without();
            case 1 -> new Outcome.For(request.held().get(0));
            default -> new Outcome.Ask();
        };
    }
}
