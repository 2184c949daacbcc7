/** What people see, in a real Chromium. */
@NullMarked
package io.tenantry.it.pages;

import org.jspecify.annotations.NullMarked;
