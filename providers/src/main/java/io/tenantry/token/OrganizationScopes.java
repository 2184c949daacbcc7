package io.tenantry.token;

import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.organization.protocol.mappers.oidc.OrganizationMembershipMapper;

/** The client scope by which a client asks for organizations: the one with stock's mapper for them. */
final class OrganizationScopes {
    private OrganizationScopes() {}

    /** Its name, {@code organization} unless the realm has another. */
    static Optional<String> nameFor(ClientModel client) {
        return Stream.concat(
                        client.getClientScopes(true).values().stream(), client.getClientScopes(false).values().stream())
                .filter(OrganizationScopes::asksForOrganizations)
                .map(ClientScopeModel::getName)
                .findFirst();
    }

    private static boolean asksForOrganizations(ClientScopeModel scope) {
        return scope.getProtocolMappersStream()
                .anyMatch(mapper -> OrganizationMembershipMapper.PROVIDER_ID.equals(mapper.getProtocolMapper()));
    }
}
