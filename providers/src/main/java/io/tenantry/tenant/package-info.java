/** Who the tenant is: a lender as an organization of a shared realm, or as a realm of its own. */
@NullMarked
package io.tenantry.tenant;

import org.jspecify.annotations.NullMarked;
