/** What the pages in docs/ say, held against the code. */
@NullMarked
package io.tenantry.documentation;

import org.jspecify.annotations.NullMarked;
