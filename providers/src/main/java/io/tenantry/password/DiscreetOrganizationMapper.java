package io.tenantry.password;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.organization.protocol.mappers.oidc.OrganizationMembershipMapper;
import org.keycloak.representations.IDToken;

/**
 * Keycloak's own organization membership mapper, which does not put a tenant's password policy into tokens along with
 * the other attributes. Elsewhere than in a realm that asks for its tenants' rules, nothing but the stock one.
 */
public final class DiscreetOrganizationMapper extends OrganizationMembershipMapper {
    @Override
    public int order() {
        return 1;
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel model,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext clientSession) {
        super.setClaim(token, model, userSession, session, clientSession);
        if (TenantPolicies.inForce(session.getContext().getRealm())) {
            // The claim's name may be a path, and what is on it another mapper's
            token.getOtherClaims().values().forEach(DiscreetOrganizationMapper::discreet);
        }
    }

    static void discreet(@Nullable Object claim) {
        if (claim instanceof Map<?, ?> map) {
            TenantPolicyAttributes.ALL.stream().filter(map::containsKey).forEach(map::remove);
            map.values().forEach(DiscreetOrganizationMapper::discreet);
        } else if (claim instanceof Collection<?> several) {
            // Two mappers of one claim make a list of theirs
            several.forEach(DiscreetOrganizationMapper::discreet);
        }
    }
}
