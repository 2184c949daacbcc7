/** Whom an identity provider may vouch for, whatever protocol it speaks. */
@NullMarked
package io.tenantry.brokering;

import org.jspecify.annotations.NullMarked;
