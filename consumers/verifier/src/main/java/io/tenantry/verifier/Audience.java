package io.tenantry.verifier;

/** Which audience a token must be meant for. There is no default: it is either required or waived on purpose. */
public sealed interface Audience {
    /**
     * The token's {@code aud} must contain this value.
     *
     * @param value as the realm's audience mapper writes it, 1 to 512 characters
     */
    record Required(String value) implements Audience {
        private static final int MAX_LENGTH = 512;

        /**
         * Checks the shape.
         *
         * @throws IllegalArgumentException if it is blank or too long
         */
        public Required {
            if (value.isBlank() || value.length() > MAX_LENGTH) {
                throw Settings.invalid("audience", value, "write 1 to " + MAX_LENGTH + " characters");
            }
        }
    }

    /** Tokens for any audience are accepted: only right where every client of the realm may call this service. */
    record Waived() implements Audience {}
}
