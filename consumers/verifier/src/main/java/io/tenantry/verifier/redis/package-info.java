/** A replica of a realm's live revocations in this process's memory, kept current from the realm's Redis stream. */
@NullMarked
package io.tenantry.verifier.redis;

import org.jspecify.annotations.NullMarked;
