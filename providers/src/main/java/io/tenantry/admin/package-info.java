/** The admin API under {@code /admin/realms/{realm}/tenantry}. Each resource checks the caller's role in its first line. */
@NullMarked
package io.tenantry.admin;

import org.jspecify.annotations.NullMarked;
