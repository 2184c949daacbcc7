/** What others than our own consumers are told of a revocation: Security Event Tokens (RFC 8417). */
@NullMarked
package io.tenantry.revocation.secevent;

import org.jspecify.annotations.NullMarked;
