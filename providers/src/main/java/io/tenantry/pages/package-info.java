/** What people see: the tenant of a page or a mail, and what is told to the templates. */
@NullMarked
package io.tenantry.pages;

import org.jspecify.annotations.NullMarked;
