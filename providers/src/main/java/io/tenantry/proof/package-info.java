/** How a session was proven: who vouched for it, and what they may vouch for. */
@NullMarked
package io.tenantry.proof;

import org.jspecify.annotations.NullMarked;
