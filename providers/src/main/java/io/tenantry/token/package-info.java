/** What a token says about its tenant, and what it may never say. */
@NullMarked
package io.tenantry.token;

import org.jspecify.annotations.NullMarked;
