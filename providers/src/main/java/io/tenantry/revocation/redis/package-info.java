/** Publishing to Redis: the only place that knows its client. */
@NullMarked
package io.tenantry.revocation.redis;

import org.jspecify.annotations.NullMarked;
