package io.tenantry.password;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * All that several lenders together ask of one person's password: every rule of each holds, and of two rules about the
 * past only the deeper is asked, as it contains the other and each costs a hash a former password.
 */
final class EffectiveRules {
    /**
     * A rule, and who asks for it.
     *
     * @param lenders at least one
     */
    record SharedRule(UnderstoodRule rule, List<Lender> lenders) {
        SharedRule {
            lenders = List.copyOf(lenders);
        }
    }

    /** Nobody asks for anything. */
    static final EffectiveRules NONE = new EffectiveRules(List.of());

    private final List<LenderPolicy> policies;

    EffectiveRules(List<LenderPolicy> policies) {
        this.policies = List.copyOf(policies);
    }

    List<LenderPolicy> policies() {
        return policies;
    }

    /** Whether all that is asked can be understood; if not, no new password is taken. */
    boolean usable() {
        return policies.stream().allMatch(policy -> policy.broken().isEmpty());
    }

    /** The rules to ask: equal ones once, however many lenders have them. */
    List<SharedRule> rules() {
        Map<Object, SharedRule> byQuestion = new LinkedHashMap<>();
        for (LenderPolicy policy : policies) {
            for (UnderstoodRule rule : policy.rules()) {
                byQuestion.merge(
                        question(rule, policy.lender()),
                        new SharedRule(rule, List.of(policy.lender())),
                        EffectiveRules::together);
            }
        }
        return List.copyOf(byQuestion.values());
    }

    private static Object question(UnderstoodRule rule, Lender lender) {
        if (RuleIds.ABOUT_THE_PAST.contains(rule.id())) {
            return rule.id();
        }
        return RuleIds.ABOUT_THE_LENDER.contains(rule.id()) ? List.of(rule.rule(), lender.id()) : rule.rule();
    }

    private static SharedRule together(SharedRule one, SharedRule other) {
        int first = one.rule().number().orElse(-1);
        int second = other.rule().number().orElse(-1);
        if (RuleIds.ABOUT_THE_PAST.contains(one.rule().id()) && first != second) {
            return first > second ? one : other;
        }
        List<Lender> lenders = new ArrayList<>(one.lenders());
        for (Lender lender : other.lenders()) {
            if (!lenders.contains(lender)) {
                lenders.add(lender);
            }
        }
        return new SharedRule(one.rule(), lenders);
    }

    /** With one more who asks, before the others. */
    EffectiveRules after(LenderPolicy first) {
        List<LenderPolicy> all = new ArrayList<>();
        all.add(first);
        all.addAll(policies);
        return new EffectiveRules(all);
    }

    /** Without the history that a realm asks for anyway: each former password would be hashed twice. */
    EffectiveRules beyond(int realmHistory) {
        if (historyDepth().orElse(-1) > realmHistory) {
            return this;
        }
        return new EffectiveRules(policies.stream()
                .map(policy -> new LenderPolicy(
                        policy.lender(),
                        policy.rules().stream()
                                .filter(rule -> !rule.id().equals(RuleIds.HISTORY))
                                .toList(),
                        policy.broken(),
                        policy.graceDays()))
                .toList());
    }

    /** How many passwords, the present one included, must stay known; empty if none need. */
    OptionalInt historyDepth() {
        return numbers(RuleIds.HISTORY).max();
    }

    /** For how many days a former password must stay known; empty if for none. */
    OptionalInt historyDays() {
        return numbers(RuleIds.HISTORY_DAYS).max();
    }

    /** After how many days a password must be changed; empty if never. */
    OptionalInt expiryDays() {
        return numbers(RuleIds.EXPIRY_DAYS).min();
    }

    /** How many seconds after signing in a password may be changed without signing in again; empty if nobody says. */
    OptionalInt maxAuthAge() {
        return numbers(RuleIds.MAX_AUTH_AGE).min();
    }

    /** The numbers that lenders give one rule. */
    IntStream numbers(String ruleId) {
        return policies.stream()
                .flatMap(policy -> policy.rules().stream())
                .filter(rule -> rule.id().equals(ruleId))
                .flatMapToInt(rule -> rule.number().stream());
    }
}
