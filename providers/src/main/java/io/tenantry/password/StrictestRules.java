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

    private static IntStream with(IntStream tenants, @Nullable Integer realm) {
        return realm == null || realm < 0 ? tenants : IntStream.concat(tenants, IntStream.of(realm));
    }
}
