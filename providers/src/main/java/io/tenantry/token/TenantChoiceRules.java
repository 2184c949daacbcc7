package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import io.tenantry.token.TenantChoice.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides which one tenant a request is for. */
final class TenantChoiceRules {
    private final Function<TenantId, Optional<TenantRefusal>> obstacle;

    /**
     * Judges for one person, client and session.
     *
     * @param obstacle why no token may be issued for a tenant; empty if one may
     */
    TenantChoiceRules(Function<TenantId, Optional<TenantRefusal>> obstacle) {
        this.obstacle = obstacle;
    }

    /**
     * What a sign-in, or a grant that stands for one, says about tenants.
     *
     * @param named those that the scopes name
     * @param hinted the one that a parameter or the host name stands for
     * @param chosen the one that was picked
     * @param client which tenants the client works for
     * @param any whether a tenant is asked for without naming one
     * @param required whether the client wants a tenant in every token
     * @param held the tenants of the user that the client works for, two being enough; asked for only where nothing
     *     else tells
     */
    record SignIn(
            List<TenantId> named,
            @Nullable TenantId hinted,
            @Nullable TenantId chosen,
            ClientTenants client,
            boolean any,
            boolean required,
            Supplier<List<TenantId>> held) {
        /** Whether somebody wants a tenant: who asks, or who set up the client. */
        boolean wanted() {
            return any || required || !client.all();
        }
    }

    /** Decides. Whoever names a tenant in two ways must mean the same one. */
    TenantChoice decide(SignIn request) {
        Map<TenantId, Origin> meant = new LinkedHashMap<>();
        request.named().forEach(tenant -> meant.put(tenant, Origin.NAMED));
        putIfMeant(meant, request.hinted(), Origin.NAMED);
        putIfMeant(meant, request.chosen(), Origin.CHOSEN);
        putIfMeant(meant, request.client().owner().orElse(null), Origin.OWNER);
        if (meant.size() > 1) {
            return TenantChoice.refused(
                    request.named().size() > 1 ? TenantRefusal.AMBIGUOUS : TenantRefusal.UNAVAILABLE);
        }
        if (!meant.isEmpty()) {
            Map.Entry<TenantId, Origin> one = meant.entrySet().iterator().next();
            return issue(one.getKey(), one.getValue());
        }
        return ofHeld(request);
    }

    private TenantChoice ofHeld(SignIn request) {
        List<TenantId> held = request.held().get();
        if (held.isEmpty()) {
            if (request.required()) {
                return TenantChoice.refused(TenantRefusal.MISSING);
            }
            return request.client().all() ? TenantChoice.none() : TenantChoice.refused(TenantRefusal.UNAVAILABLE);
        }
        if (held.size() > 1) {
            return request.any() || request.required() ? TenantChoice.ask() : TenantChoice.none();
        }
        TenantId sole = held.get(0);
        // Nobody asked for it: whoever may not have it yet goes on without
        return request.wanted() || obstacle.apply(sole).isEmpty() ? issue(sole, Origin.SOLE) : TenantChoice.none();
    }

    /**
     * What a request that presents a token says about tenants.
     *
     * @param pinned the token's tenant; null if it is for none
     * @param named those that the scopes name
     * @param other what a request for another tenant gets; null if the client may switch
     * @param required whether the client wants a tenant in every token
     */
    record Presented(
            @Nullable TenantId pinned,
            List<TenantId> named,
            @Nullable TenantRefusal other,
            boolean required) {}

    /** Decides: what presents a token stays in its tenant, or gets none, unless the client may switch. */
    TenantChoice decide(Presented request) {
        TenantId pinned = request.pinned();
        Optional<TenantRefusal> lost = pinned == null ? Optional.empty() : obstacle.apply(pinned);
        if (lost.isPresent()) {
            return TenantChoice.refused(lost.get() == TenantRefusal.UNAVAILABLE ? TenantRefusal.LOST : lost.get());
        }
        if (request.named().size() > 1) {
            return TenantChoice.refused(TenantRefusal.AMBIGUOUS);
        }
        if (!request.named().isEmpty() && !request.named().get(0).equals(pinned)) {
            // Before the tenant is looked at: the answer must not tell whether it exists
            TenantRefusal other = request.other();
            return other == null ? issue(request.named().get(0), Origin.NAMED) : TenantChoice.refused(other);
        }
        if (pinned != null) {
            return TenantChoice.of(pinned, Origin.PINNED);
        }
        return request.required() ? TenantChoice.refused(TenantRefusal.MISSING) : TenantChoice.none();
    }

    private TenantChoice issue(TenantId tenant, Origin origin) {
        return obstacle.apply(tenant).map(TenantChoice::refused).orElseGet(() -> TenantChoice.of(tenant, origin));
    }

    private static void putIfMeant(Map<TenantId, Origin> meant, @Nullable TenantId tenant, Origin origin) {
        if (tenant != null) {
            meant.putIfAbsent(tenant, origin);
        }
    }
}
