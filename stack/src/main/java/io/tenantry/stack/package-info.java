/** Starts the real thing on one machine: stock Keycloak with the provider jar, Redis, PostgreSQL, realms. */
@NullMarked
package io.tenantry.stack;

import org.jspecify.annotations.NullMarked;
