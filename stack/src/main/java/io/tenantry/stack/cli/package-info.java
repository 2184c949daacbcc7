/** The command line of the stack. */
@NullMarked
package io.tenantry.stack.cli;

import org.jspecify.annotations.NullMarked;
