package io.tenantry.revocation.secevent;

/** A realm cannot sign its events as it stands. The message says why, and what to do. */
final class CannotSignException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotSignException(String reasonAndRemedy) {
        super(reasonAndRemedy);
    }
}
