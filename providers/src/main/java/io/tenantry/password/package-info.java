/** Which passwords a lender accepts: its rules, from its organization, at every door. */
@NullMarked
package io.tenantry.password;

import org.jspecify.annotations.NullMarked;
