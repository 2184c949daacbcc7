package io.tenantry.stack.demo;

/** A demo user of the realm {@code lending}; realm-config/README.md lists them. */
public record Account(String username, String password) {
    private static final String PASSWORD_VARIABLE = "LENDING_USER_PASSWORD";

    /** Of two lenders: northbank and harbor. */
    static Account maya() {
        return of("maya@brokers.example");
    }

    /** Of northbank. */
    static Account noah() {
        return of("noah@northbank.example");
    }

    /** Of harbor. */
    static Account hana() {
        return of("hana@harbor.example");
    }

    /** The one password of all, as the realm file has it. */
    public static String commonPassword() {
        return System.getenv().getOrDefault(PASSWORD_VARIABLE, "Development-only-42");
    }

    private static Account of(String username) {
        return new Account(username, commonPassword());
    }

    @Override
    public String toString() {
        return username;
    }
}
