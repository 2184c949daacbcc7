package io.tenantry.stack.realm;

/**
 * Where the realm on the server is not what the file says.
 *
 * @param path in the file, with names in place of numbers
 * @param kind how it differs
 * @param values for people: what the server has and what the file says, without secrets
 */
public record Difference(String path, Kind kind, String values) {
    /** How something differs. */
    public enum Kind {
        /** The server lacks it. */
        MISSING("+"),
        /** The server has another value. */
        CHANGED("~"),
        /** The server has it and the file has not. */
        EXTRA("-");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }
    }

    @Override
    public String toString() {
        return kind.sign + " " + path + (values.isEmpty() ? "" : ": " + values);
    }
}
