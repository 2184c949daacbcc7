/**
 * What is revoked, and when: the detectors that read Keycloak's events, and the ports through which a revocation is
 * stored and published.
 *
 * <p>{@code outbox} keeps the table and drains it, {@code redis} publishes, {@code listener} puts them together.
 */
@NullMarked
package io.tenantry.revocation;

import org.jspecify.annotations.NullMarked;
