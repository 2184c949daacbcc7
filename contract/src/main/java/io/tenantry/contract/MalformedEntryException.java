package io.tenantry.contract;

/**
 * Something in Redis that this version cannot read. A consumer that meets one cannot claim to know every revocation, and
 * must treat its replica as stale until the entry has expired.
 */
public final class MalformedEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedEntryException(String message) {
        super(message);
    }

    MalformedEntryException(IllegalArgumentException cause) {
        super(cause.getMessage(), cause);
    }
}
