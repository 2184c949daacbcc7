package io.tenantry.brokering;

import java.util.Collection;

/** Decides whether an identity may get, or be linked to, an account. */
final class FirstLoginRules {
    private final FirstLogin login;

    FirstLoginRules(FirstLogin login) {
        this.login = login;
    }

    /**
     * Checks the identity.
     *
     * @param accounts those that its address and name find
     */
    Outcome check(Collection<LinkCandidate> accounts) {
        return Outcome.require(login.addressesHold(), Rule.PROFILE_EDIT)
                .and(() -> LinkRules.check(accounts))
                .and(() -> Outcome.require(!accounts.isEmpty() || login.unknownUsersAllowed(), Rule.UNKNOWN_USER));
    }
}
