/** How a lender looks: what its attributes say, checked before any page or mail shows it. */
@NullMarked
package io.tenantry.branding;

import org.jspecify.annotations.NullMarked;
