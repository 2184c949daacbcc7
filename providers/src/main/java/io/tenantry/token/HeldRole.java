package io.tenantry.token;

import org.jspecify.annotations.Nullable;

/**
 * A role that somebody has.
 *
 * @param name as its container knows it
 * @param clientId the client whose role it is; null for a role of the realm
 */
record HeldRole(String name, @Nullable String clientId) {}
