package io.tenantry.password;

/** A rule that can be read but not enforced. The message is a clause, fit to follow a colon. */
final class UnusableRuleException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableRuleException(String problem) {
        super(problem);
    }
}
