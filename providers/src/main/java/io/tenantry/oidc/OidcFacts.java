package io.tenantry.oidc;

/**
 * A tenant's OpenID provider, as the doctor's rules see it.
 *
 * @param issuer whether the issuer of tokens is checked
 * @param signatures whether their signatures are
 */
record OidcFacts(String alias, boolean issuer, boolean signatures) {}
