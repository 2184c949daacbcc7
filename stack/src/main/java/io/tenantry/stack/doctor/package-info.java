/** Asks a server's doctor about a realm, for CI. */
@NullMarked
package io.tenantry.stack.doctor;

import org.jspecify.annotations.NullMarked;
