package io.tenantry.doctor;

import java.util.regex.Pattern;

/**
 * Something misconfigured in a realm.
 *
 * @param check a stable name of what was checked, in kebab case
 * @param what what is wrong, a full sentence
 * @param where which part of the realm, as the console names it
 * @param remedy what to do, a full sentence
 */
public record Finding(Severity severity, String check, String what, String where, String remedy) {
    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z]+(-[a-z]+)*");

    /**
     * Checks that nothing is left out.
     *
     * @throws IllegalArgumentException if it is
     */
    public Finding {
        if (!KEBAB_CASE.matcher(check).matches()) {
            throw new IllegalArgumentException("a check is named in kebab case, not '" + check + "'");
        }
        if (what.isBlank() || where.isBlank() || remedy.isBlank()) {
            throw new IllegalArgumentException(check + " says not all of what, where and remedy");
        }
    }

    /** A protection that does not work. */
    public static Finding error(String check, String what, String where, String remedy) {
        return new Finding(Severity.ERROR, check, what, where, remedy);
    }

    /** A protection that works less well than it could, or soon will not. */
    public static Finding warning(String check, String what, String where, String remedy) {
        return new Finding(Severity.WARNING, check, what, where, remedy);
    }
}
