/** What an OpenID provider may assert. */
@NullMarked
package io.tenantry.oidc;

import org.jspecify.annotations.NullMarked;
