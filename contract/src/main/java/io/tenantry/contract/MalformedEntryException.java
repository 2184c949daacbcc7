package io.tenantry.contract;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something in Redis that this version cannot read. */
public final class MalformedEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Instant expiresAt;

    MalformedEntryException(String message) {
        super(message);
        this.expiresAt = null;
    }

    MalformedEntryException(IllegalArgumentException cause) {
        super(cause.getMessage(), cause);
        this.expiresAt = null;
    }

    MalformedEntryException(RuntimeException cause, Instant expiresAt) {
        super(cause.getMessage(), cause);
        this.expiresAt = expiresAt;
    }

    /**
     * When no token can need the entry any more, if a newer publisher may have written it: until then, a consumer that
     * passed it over could not claim to know every revocation. Empty where no publisher can have: the entry lacks what
     * every revocation has, so passing it over loses nothing.
     */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }
}
