/** Whether a revocation survives what breaks around it: Redis, the database, Keycloak itself. */
@NullMarked
package io.tenantry.it.fault;

import org.jspecify.annotations.NullMarked;
