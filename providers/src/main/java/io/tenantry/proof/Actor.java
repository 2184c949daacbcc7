package io.tenantry.proof;

/**
 * Who changes an account in the request under way.
 *
 * @param trust for which tenants it is proven that it is the account's owner
 * @param asserted what an identity provider may say that is vouching right now; anything where none is
 */
record Actor(Kind kind, Trust trust, Trust asserted) {
    enum Kind {
        /** An administrator, or something that acts for one. */
        ADMINISTRATOR,
        /** The owner, in a session. */
        SESSION,
        /** The owner, while signing in. */
        SIGN_IN,
        /** Who reads the owner's mail. */
        MAIL
    }

    /** For which tenants it counts what is set now. */
    Trust all() {
        return trust.and(asserted);
    }
}
