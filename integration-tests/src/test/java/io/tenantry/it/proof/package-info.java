/** Sessions that know how they were proven, and credentials that launder no trust. */
@NullMarked
package io.tenantry.it.proof;

import org.jspecify.annotations.NullMarked;
