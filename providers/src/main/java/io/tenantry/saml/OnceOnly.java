package io.tenantry.saml;

import java.time.Duration;

/** Remembers, for the whole cluster, what was used. */
@FunctionalInterface
interface OnceOnly {
    /**
     * Uses something.
     *
     * @param id what
     * @param lifetime how long to remember it, at least
     * @return whether this was the first time
     */
    boolean use(String id, Duration lifetime);
}
