/** What is misconfigured in a realm: the words that every check speaks. */
@NullMarked
package io.tenantry.doctor;

import org.jspecify.annotations.NullMarked;
