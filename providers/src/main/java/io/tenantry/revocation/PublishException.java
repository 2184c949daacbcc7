package io.tenantry.revocation;

/** Publishing failed, or may have. The message never holds a credential. */
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
