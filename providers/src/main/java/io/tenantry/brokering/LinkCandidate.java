package io.tenantry.brokering;

/**
 * An existing account that could be linked to a provider, as the rules see it.
 *
 * @param member whether it is a member of the provider's tenant
 * @param memberElsewhere whether it is a member of any other tenant
 * @param administrator whether it holds, by any way, a role that manages a realm
 * @param emailVerified whether somebody proved to own its address: an account that was not is perhaps planted
 */
public record LinkCandidate(
        boolean enabled, boolean member, boolean memberElsewhere, boolean administrator, boolean emailVerified) {}
