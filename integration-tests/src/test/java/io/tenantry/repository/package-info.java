/** Checks of what the repository holds beside code: realms, theme, containers. No server is started. */
@NullMarked
package io.tenantry.repository;

import org.jspecify.annotations.NullMarked;
