package io.tenantry.it.saml;

/**
 * An identity provider that the tests play themselves.
 *
 * @param alias what the realm calls it
 * @param domain the domain of its tenant's addresses
 */
record HandIdp(String alias, String domain, SigningKey key) {
    String entityId() {
        return "urn:idp:" + alias;
    }
}
