package io.tenantry.revocation;

/** Publishing failed, or may have. The message never holds a credential. */
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whom the reason concerns. */
    public enum Reach {
        /** As far as can be told, this realm alone. */
        REALM,
        /** Whatever is published. */
        EVERY_REALM
    }

    private final Reach reach;

    public PublishException(String message, Throwable cause) {
        this(message, cause, Reach.EVERY_REALM);
    }

    public PublishException(String message, Throwable cause, Reach reach) {
        super(message, cause);
        this.reach = reach;
    }

    public Reach reach() {
        return reach;
    }
}
