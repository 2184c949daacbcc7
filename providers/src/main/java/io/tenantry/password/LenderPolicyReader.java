package io.tenantry.password;

import io.tenantry.settings.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a lender's policy of the attributes that hold it. What cannot be used is kept, as broken. */
final class LenderPolicyReader {
    /** The longest grace period, in days. */
    static final int MAX_GRACE_DAYS = 3_650;

    private static final int MAX_SHOWN = 120;

    private final RuleEngine engine;

    LenderPolicyReader(RuleEngine engine) {
        this.engine = engine;
    }

    LenderPolicy read(Lender lender, List<String> values, @Nullable String graceDays) {
        List<UnderstoodRule> understood = new ArrayList<>();
        List<BrokenRule> broken = new ArrayList<>();
        for (PolicyRule rule : parse(values, broken)) {
            try {
                understood.add(engine.read(rule));
            } catch (UnusableRuleException unusable) {
                broken.add(new BrokenRule(shorten(rule.text()), String.valueOf(unusable.getMessage())));
            }
        }
        return new LenderPolicy(lender, understood, broken, graceDays(graceDays, broken));
    }

    private static List<PolicyRule> parse(List<String> values, List<BrokenRule> broken) {
        List<PolicyRule> rules = new ArrayList<>();
        for (String value : values) {
            try {
                rules.addAll(PolicyRuleParser.parse(List.of(value)));
            } catch (InvalidSettingException invalid) {
                broken.add(new BrokenRule(shorten(value), String.valueOf(invalid.getMessage())));
            }
        }
        if (rules.size() > PolicyRuleParser.MAX_RULES) {
            broken.add(
                    new BrokenRule(rules.size() + " rules", "a tenant may have at most " + PolicyRuleParser.MAX_RULES));
            return List.of();
        }
        return rules;
    }

    /** No grace where the setting cannot be read: the strict side. */
    private static int graceDays(@Nullable String text, List<BrokenRule> broken) {
        if (text == null || text.isBlank()) {
            return 0;
        }
        try {
            int days = Integer.parseInt(text.strip());
            if (days >= 0 && days <= MAX_GRACE_DAYS) {
                return days;
            }
        } catch (NumberFormatException notANumber) {
            // Reported below, with what may be written instead
        }
        broken.add(new BrokenRule(
                TenantPolicyAttributes.GRACE_DAYS + "=" + shorten(text),
                "write whole days, from 0 to " + MAX_GRACE_DAYS));
        return 0;
    }

    private static String shorten(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
