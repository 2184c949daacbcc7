package io.tenantry.verifier;

import java.util.List;

/** Which audience a token must be meant for. There is no default: it is either required or waived on purpose. */
public sealed interface Audience {
    /** Whether a token for these audiences may be accepted. */
    boolean admits(List<String> audiences);

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

        @Override
        public boolean admits(List<String> audiences) {
            return audiences.contains(value);
        }

        @Override
        public String toString() {
            return "the audience '" + value + '\'';
        }
    }

    /** Tokens for any audience are accepted: only right where every client of the realm may call this service. */
    record Waived() implements Audience {
        @Override
        public boolean admits(List<String> audiences) {
            return true;
        }

        @Override
        public String toString() {
            return "any audience";
        }
    }
}
