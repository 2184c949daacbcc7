package io.tenantry.tenant;

/**
 * What tokens, headers and revocations call a tenant: the alias of its organization, or in a dedicated realm the realm
 * attribute {@value RealmTenant#TENANT_ID_ATTRIBUTE}, else the realm's name.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters
 */
public record TenantId(String value) implements Comparable<TenantId> {
    /** The longest id, in characters: the width of the column that holds an organization's alias. */
    public static final int MAX_LENGTH = 255;

    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException if it is blank or too long
     */
    public TenantId {
        if (!possible(value)) {
            throw new IllegalArgumentException(
                    "a tenant id has 1 to " + MAX_LENGTH + " characters, not " + value.length());
        }
    }

    /** Whether a text from outside has the length of an id. */
    public static boolean possible(String text) {
        return !text.isBlank() && text.length() <= MAX_LENGTH;
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
