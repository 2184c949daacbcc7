package io.tenantry.proof;

/**
 * An identity provider mapper that decides at a sign-in whether its provider may vouch. Where no mapper runs, in a grant
 * without a sign-in, such a provider vouches for nobody.
 */
public interface SignInCondition {}
