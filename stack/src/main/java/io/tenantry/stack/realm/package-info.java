/** A realm file and the realm on a server: what differs, and how the server comes to what the file says. */
@NullMarked
package io.tenantry.stack.realm;

import org.jspecify.annotations.NullMarked;
