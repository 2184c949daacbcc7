/** Stock Keycloak and the provider jar, measured against each other on one server. */
@NullMarked
package io.tenantry.benchmarks;

import org.jspecify.annotations.NullMarked;
