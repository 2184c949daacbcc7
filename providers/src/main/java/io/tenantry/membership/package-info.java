/** Which tenants a user belongs to, asked of the database once a request however many there are. */
@NullMarked
package io.tenantry.membership;

import org.jspecify.annotations.NullMarked;
