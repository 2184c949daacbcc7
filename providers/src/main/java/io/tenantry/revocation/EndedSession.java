package io.tenantry.revocation;

import org.jspecify.annotations.Nullable;

/**
 * A session that Keycloak ended, seen where it is taken out of the store rather than in an event.
 *
 * @param id what its tokens carry as {@code sid}
 * @param userId null where the user is gone as well
 */
public record EndedSession(String id, @Nullable String userId) {}
