package io.tenantry.token;

import java.util.List;

/**
 * A login flow, as the doctor's rules see it.
 *
 * @param alias its name in the console
 */
record LoginFlow(String alias, List<FlowStep> steps) {
    /** What {@value TenantAccessAuthenticatorFactory#ID} does in a flow. */
    enum Access {
        /** Nobody gets past it. */
        HOLDS,
        /** Some ways through the flow lead past it. */
        SKIPPABLE,
        ABSENT
    }

    LoginFlow {
        steps = List.copyOf(steps);
    }

    Access access() {
        if (holds(steps)) {
            return Access.HOLDS;
        }
        return steps.stream().flatMap(FlowStep::all).anyMatch(LoginFlow::isAccess) ? Access.SKIPPABLE : Access.ABSENT;
    }

    int highestLevel() {
        return steps.stream().flatMapToInt(FlowStep::levels).max().orElse(0);
    }

    String where() {
        return "authentication flow " + alias;
    }

    private static boolean holds(List<FlowStep> steps) {
        return steps.stream().filter(FlowStep::required).anyMatch(step -> isAccess(step) || holds(step.steps()));
    }

    private static boolean isAccess(FlowStep step) {
        return TenantAccessAuthenticatorFactory.ID.equals(step.authenticator());
    }
}
