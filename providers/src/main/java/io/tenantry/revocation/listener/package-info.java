/** The event listener {@code redis-revocations}: Keycloak's side of detecting, storing and publishing. */
@NullMarked
package io.tenantry.revocation.listener;

import org.jspecify.annotations.NullMarked;
