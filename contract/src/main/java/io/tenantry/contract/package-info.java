/**
 * What the publisher in Keycloak and the consumers around it must agree on: the kinds of revocation, the Redis keys, the
 * stream's wire format and the names of claims. Depends on the JDK alone.
 */
@NullMarked
package io.tenantry.contract;

import org.jspecify.annotations.NullMarked;
