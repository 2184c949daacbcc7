/** What is asked for over HTTP. Each endpoint checks the caller, and the role where one is needed, in its first line. */
@NullMarked
package io.tenantry.admin;

import org.jspecify.annotations.NullMarked;
