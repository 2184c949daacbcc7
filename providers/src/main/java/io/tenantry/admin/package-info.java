/** What is asked for over HTTP. */
@NullMarked
package io.tenantry.admin;

import org.jspecify.annotations.NullMarked;
