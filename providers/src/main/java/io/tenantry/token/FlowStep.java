package io.tenantry.token;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.authenticators.conditional.ConditionalLoaAuthenticator;
import org.keycloak.authentication.authenticators.conditional.ConditionalLoaAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;

/**
 * A step of a login flow.
 *
 * @param required whether nobody gets past it; otherwise it is one of several ways, or depends on a condition
 * @param authenticator what it runs; null for a sub-flow
 * @param level the level of authentication that it is a condition for
 * @param steps those of the sub-flow
 */
record FlowStep(boolean required, @Nullable String authenticator, OptionalInt level, List<FlowStep> steps) {
    private static final int MAX_DEPTH = 10;

    FlowStep {
        steps = List.copyOf(steps);
    }

    /** The steps of a flow, in order, without disabled ones. */
    static List<FlowStep> of(RealmModel realm, String flowId) {
        return of(realm, flowId, 0);
    }

    private static List<FlowStep> of(RealmModel realm, String flowId, int depth) {
        return realm.getAuthenticationExecutionsStream(flowId)
                .filter(step -> !step.isDisabled())
                .map(step -> new FlowStep(
                        step.isRequired(),
                        step.getAuthenticator(),
                        level(realm, step),
                        step.isAuthenticatorFlow() && depth < MAX_DEPTH
                                ? of(realm, step.getFlowId(), depth + 1)
                                : List.of()))
                .toList();
    }

    private static OptionalInt level(RealmModel realm, AuthenticationExecutionModel step) {
        if (!ConditionalLoaAuthenticatorFactory.PROVIDER_ID.equals(step.getAuthenticator())) {
            return OptionalInt.empty();
        }
        try {
            return Optional.ofNullable(step.getAuthenticatorConfig())
                    .map(realm::getAuthenticatorConfigById)
                    .map(AuthenticatorConfigModel::getConfig)
                    .map(config -> config.get(ConditionalLoaAuthenticator.LEVEL))
                    .stream()
                    .mapToInt(Integer::parseInt)
                    .findAny();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** Every level that it or a step in it counts. */
    IntStream levels() {
        return IntStream.concat(level.stream(), steps.stream().flatMapToInt(FlowStep::levels));
    }

    /** It and every step in it. */
    Stream<FlowStep> all() {
        return Stream.concat(Stream.of(this), steps.stream().flatMap(FlowStep::all));
    }
}
