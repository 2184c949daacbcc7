/** The table of revocations in Keycloak's own database, and the drainer that publishes what is in it. */
@NullMarked
package io.tenantry.revocation.outbox;

import org.jspecify.annotations.NullMarked;
