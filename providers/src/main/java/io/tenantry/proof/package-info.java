/** How a session was proven: who vouched for it, and for which tenants that counts. */
@NullMarked
package io.tenantry.proof;

import org.jspecify.annotations.NullMarked;
