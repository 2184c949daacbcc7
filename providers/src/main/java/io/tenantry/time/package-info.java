/** The one clock. */
@NullMarked
package io.tenantry.time;

import org.jspecify.annotations.NullMarked;
