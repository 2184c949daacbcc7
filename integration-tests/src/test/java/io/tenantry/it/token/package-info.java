/** Tokens that belong to one tenant, whatever is tried. */
@NullMarked
package io.tenantry.it.token;

import org.jspecify.annotations.NullMarked;
