/** What a SAML identity provider may assert, and what roles its assertions give. */
@NullMarked
package io.tenantry.saml;

import org.jspecify.annotations.NullMarked;
