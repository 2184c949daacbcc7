package io.tenantry.brokering;

import java.util.Collection;

/** Decides whether an existing account may be linked to a provider once it has proved itself. */
public final class LinkRules {
    private LinkRules() {}

    /** Checks one account. */
    public static Outcome check(LinkCandidate account) {
        boolean linkable = account.enabled()
                && account.member()
                && !account.memberElsewhere()
                && !account.administrator()
                && account.emailVerified();
        return Outcome.require(linkable, Rule.LINK);
    }

    /** Checks all that address and name find; two would leave open which one is meant. */
    public static Outcome check(Collection<LinkCandidate> accounts) {
        return Outcome.require(accounts.size() <= 1, Rule.LINK)
                .and(() -> accounts.stream()
                        .map(LinkRules::check)
                        .filter(Outcome.Rejected.class::isInstance)
                        .findFirst()
                        .orElse(Outcome.accepted()));
    }
}
