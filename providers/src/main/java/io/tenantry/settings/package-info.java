/** Text to valid values: what an admin wrote becomes a record that cannot exist invalid. */
@NullMarked
package io.tenantry.settings;

import org.jspecify.annotations.NullMarked;
