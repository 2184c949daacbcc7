package io.tenantry.password;

/**
 * A rule that cannot be enforced, for which its tenant's passwords cannot be changed.
 *
 * @param text as written, shortened if it is very long
 * @param problem a clause that ends the sentence "this rule cannot be used: …"
 */
record BrokenRule(String text, String problem) {}
