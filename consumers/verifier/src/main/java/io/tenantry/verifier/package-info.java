/**
 * Verifies a Keycloak access token locally: signature, issuer, audience, times, tenant, and last whether it was revoked.
 * Nothing here knows Redis; {@link io.tenantry.verifier.RevocationCheck} is the port to it.
 */
@NullMarked
package io.tenantry.verifier;

import org.jspecify.annotations.NullMarked;
