package io.tenantry.password;

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
            token.getOtherClaims().values().forEach(DiscreetClaims::strip);
        }
    }
}
