package io.tenantry.password;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Of rules that differ by a number, the one that contains the others: what a form can check while one types. */
final class StrictestRules {
    private static final List<String> LARGEST =
            List.of("length", "digits", "lowerCase", "upperCase", "specialChars", RuleIds.HISTORY);
    private static final List<String> SMALLEST = List.of("maxLength", RuleIds.EXPIRY_DAYS);
    private static final Set<String> SWITCHES = Set.of("notUsername", "notEmail");

    private StrictestRules() {}

    /**
     * The rules that tenants make stricter than the realm.
     *
     * @param realm the realm's own number for a rule, or null
     * @return texts for the rules' values, by rule id
     */
    static Map<String, @Nullable String> of(EffectiveRules tenants, Function<String, @Nullable Integer> realm) {
        Map<String, @Nullable String> strictest = new LinkedHashMap<>();
        for (String id : LARGEST) {
            with(tenants.numbers(id), realm.apply(id)).max().ifPresent(max -> strictest.put(id, Integer.toString(max)));
        }
        for (String id : SMALLEST) {
            with(tenants.numbers(id), realm.apply(id)).min().ifPresent(min -> strictest.put(id, Integer.toString(min)));
        }
        for (EffectiveRules.SharedRule shared : tenants.rules()) {
            if (SWITCHES.contains(shared.rule().id())) {
                strictest.put(shared.rule().id(), shared.rule().rule().config());
            }
        }
        return strictest;
    }

    /**
     * The rules to show to somebody who is about to choose a password: of those that differ by a number only the
     * strictest, none that are switched off, and none that are not about the password itself.
     */
    static List<EffectiveRules.SharedRule> toShow(EffectiveRules all) {
        return all.rules().stream()
                .filter(shared -> !RuleIds.MAX_AUTH_AGE.equals(shared.rule().id()))
                .filter(shared -> !(shared.rule().config() instanceof Integer number) || strictest(shared, number, all))
                .toList();
    }

    private static boolean strictest(EffectiveRules.SharedRule shared, int number, EffectiveRules all) {
        String id = shared.rule().id();
        if (LARGEST.contains(id)) {
            return number > 0 && all.numbers(id).max().orElse(0) == number;
        }
        return number >= 0 && (!SMALLEST.contains(id) || all.numbers(id).min().orElse(number) == number);
    }

    private static IntStream with(IntStream tenants, @Nullable Integer realm) {
        return realm == null || realm < 0 ? tenants : IntStream.concat(tenants, IntStream.of(realm));
    }
}
