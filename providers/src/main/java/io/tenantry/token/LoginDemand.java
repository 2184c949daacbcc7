package io.tenantry.token;

import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.OrganizationModel;

/**
 * How a tenant wants its people to have signed in: attributes of its organization. A dedicated realm says so by its
 * flows instead.
 *
 * @param identityProvider the alias of the only identity provider that may vouch for them; null for any way
 * @param level the lowest level of authentication, as the conditions of the login flow count them; 0 for any
 */
record LoginDemand(@Nullable String identityProvider, int level) {
    /** The organization attribute that names the identity provider. */
    static final String IDENTITY_PROVIDER = "login.identity-provider";

    /** The organization attribute that holds the level. */
    static final String LEVEL = "login.level";

    private static final int MAX_LEVEL = 100;

    /**
     * Reads a tenant's demand.
     *
     * @throws InvalidSettingException if the level is none
     */
    static LoginDemand of(Tenant tenant) {
        if (tenant instanceof OrganizationTenant shared) {
            return parse(
                    first(shared.organization(), IDENTITY_PROVIDER),
                    first(shared.organization(), LEVEL),
                    tenant.id().value());
        }
        return new LoginDemand(null, 0);
    }

    static LoginDemand parse(@Nullable String identityProvider, @Nullable String level, String tenant) {
        return new LoginDemand(
                identityProvider == null || identityProvider.isBlank() ? null : identityProvider.strip(),
                level == null || level.isBlank() ? 0 : level(level.strip(), tenant));
    }

    /**
     * Whether a sign-in was good enough.
     *
     * @param providers the aliases of those that vouched
     * @param reachedLevel negative where the login flow counts no levels
     */
    boolean metBy(Set<String> providers, int reachedLevel) {
        return (identityProvider == null || providers.contains(identityProvider))
                && (level == 0 || reachedLevel >= level);
    }

    private static int level(String text, String tenant) {
        try {
            int level = Integer.parseInt(text);
            if (level >= 0 && level <= MAX_LEVEL) {
                return level;
            }
        } catch (NumberFormatException e) {
            // The same answer as for a number out of range.
        }
        throw new InvalidSettingException(
                LEVEL + " of organization " + tenant, text, "write a level of authentication from 0 to " + MAX_LEVEL);
    }

    private static @Nullable String first(OrganizationModel organization, String attribute) {
        return organization.getAttributes().getOrDefault(attribute, List.of()).stream()
                .findFirst()
                .orElse(null);
    }
}
