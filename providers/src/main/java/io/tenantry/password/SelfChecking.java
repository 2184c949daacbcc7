package io.tenantry.password;

/** A rule's value that depends on something outside the rule, which may be missing. */
interface SelfChecking {
    /**
     * Looks for it.
     *
     * @throws UnusableRuleException if the rule cannot be enforced as things are
     */
    void check() throws UnusableRuleException;
}
