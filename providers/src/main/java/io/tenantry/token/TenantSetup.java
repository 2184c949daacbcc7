package io.tenantry.token;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tenant of a shared realm, as the doctor's rules see it.
 *
 * @param identityProvider what its attribute login.identity-provider says
 * @param level what its attribute login.level says
 * @param linked the aliases of the enabled identity providers that are linked to it
 */
record TenantSetup(
        String alias,
        @Nullable String identityProvider,
        @Nullable String level,
        Set<String> linked) {
    TenantSetup {
        linked = Set.copyOf(linked);
    }

    boolean demands() {
        return present(identityProvider) || present(level);
    }

    String where() {
        return "organization " + alias;
    }

    private static boolean present(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
