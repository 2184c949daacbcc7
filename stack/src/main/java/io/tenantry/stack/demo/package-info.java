/** The demo's walk through the main job, against a running stack. */
@NullMarked
package io.tenantry.stack.demo;

import org.jspecify.annotations.NullMarked;
