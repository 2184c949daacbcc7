package io.tenantry.realmfile;

/** A file that is no realm file, so that nothing can be said about it. The message says why. */
public final class UnreadableRealmFileException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableRealmFileException(String message) {
        super(message);
    }
}
