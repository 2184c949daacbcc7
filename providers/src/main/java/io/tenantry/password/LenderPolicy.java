package io.tenantry.password;

import java.util.List;

/**
 * What one lender asks of passwords.
 *
 * @param broken what it asks that nobody understands; while there is any, its members' passwords cannot be changed
 * @param graceDays how long a password that falls short may still be used
 */
record LenderPolicy(Lender lender, List<UnderstoodRule> rules, List<BrokenRule> broken, int graceDays) {
    LenderPolicy {
        rules = List.copyOf(rules);
        broken = List.copyOf(broken);
    }

    boolean isEmpty() {
        return rules.isEmpty() && broken.isEmpty();
    }
}
