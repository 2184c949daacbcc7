/** A browser without a screen: enough to go through Keycloak's login pages as a person would. */
@NullMarked
package io.tenantry.stack.browser;

import org.jspecify.annotations.NullMarked;
