package io.tenantry.saml;

import java.time.Instant;
import java.util.List;

/**
 * A tenant's SAML identity provider, as the doctor's rules see it.
 *
 * @param signedAssertions whether the provider's settings or its rules ask for them, and the signature is checked
 * @param certificates when each signing certificate ends
 * @param metadata whether certificates are kept up to date from an address
 */
record SamlFacts(
        String alias, boolean signedAssertions, boolean entityId, List<Instant> certificates, boolean metadata) {}
