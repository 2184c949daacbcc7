package io.tenantry.token;

/** Which of the roles held in a tenant its tokens list. */
enum RoleSource {
    REALM_ROLES("realm-roles"),
    CLIENT_ROLES("client-roles"),
    BOTH("both");

    private final String setting;

    RoleSource(String setting) {
        this.setting = setting;
    }

    /** As an admin writes it. */
    String setting() {
        return setting;
    }

    boolean realmRoles() {
        return this != CLIENT_ROLES;
    }

    boolean clientRoles() {
        return this != REALM_ROLES;
    }
}
