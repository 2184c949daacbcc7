/** What is wrong in a realm file, found before a server sees it: by the parsers and providers that will read it. */
@NullMarked
package io.tenantry.realmfile;

import org.jspecify.annotations.NullMarked;
