package io.tenantry.password;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides when a password in use that falls short must be changed: at once, or when its lender's grace is over. */
final class ShortfallRules {
    /** What is to be done. */
    sealed interface Verdict {
        /** Nothing: the password is as it should be, and so was it if it is not known to have fallen short. */
        record Sound() implements Verdict {}

        /** Nothing yet. */
        record InGrace(Instant since) implements Verdict {}

        /** It must be changed now, for these reasons. */
        record Due(List<Finding> reasons) implements Verdict {
            public Due {
                reasons = List.copyOf(reasons);
            }
        }
    }

    private ShortfallRules() {}

    /**
     * Decides.
     *
     * @param since when the password was first found to fall short; null if it never was
     */
    static Verdict verdict(EffectiveRules rules, List<Finding> shortfalls, @Nullable Instant since, Instant now) {
        if (shortfalls.isEmpty()) {
            return new Verdict.Sound();
        }
        Map<Lender, Integer> graceDays = rules.policies().stream()
                .collect(Collectors.toMap(LenderPolicy::lender, LenderPolicy::graceDays, Math::min));
        Instant start = since == null ? now : since;
        List<Finding> due = shortfalls.stream()
                .filter(finding -> !now.isBefore(start.plus(grace(finding, graceDays))))
                .toList();
        return due.isEmpty() ? new Verdict.InGrace(start) : new Verdict.Due(due);
    }

    /** Of several lenders who ask the same, the least patient counts. */
    private static Duration grace(Finding finding, Map<Lender, Integer> graceDays) {
        return Duration.ofDays(finding.lenders().stream()
                .mapToInt(lender -> graceDays.getOrDefault(lender, 0))
                .min()
                .orElse(0));
    }
}
