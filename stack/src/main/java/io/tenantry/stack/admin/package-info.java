/** An administrator's requests to a server anywhere. */
@NullMarked
package io.tenantry.stack.admin;

import org.jspecify.annotations.NullMarked;
