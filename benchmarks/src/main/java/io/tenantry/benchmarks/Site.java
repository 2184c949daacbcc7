package io.tenantry.benchmarks;

import io.tenantry.stack.KeycloakServer;
import io.tenantry.stack.Stack;

/**
 * A running server, and its admin API.
 *
 * @param admin of that server
 */
record Site(Stack stack, Http http, Admin admin) {
    static Site of(Stack stack, Http http) {
        return new Site(stack, http, new Admin(stack.keycloak(), http));
    }

    KeycloakServer keycloak() {
        return stack.keycloak();
    }
}
