package io.tenantry.token;

import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;
import org.keycloak.services.clientregistration.policy.impl.ProtocolMappersClientRegistrationPolicyFactory;

/**
 * Wires stock's policy on mappers with our additions in its place, by its id, so that it holds wherever stock's does:
 * docs/decisions/0004-client-registration.md.
 */
public final class TenantRegistrationPolicyFactory extends ProtocolMappersClientRegistrationPolicyFactory {
    @Override
    public ClientRegistrationPolicy create(KeycloakSession session, ComponentModel component) {
        return new TenantRegistrationPolicy(session, component);
    }

    /** Stock's is 0, and the highest wins. */
    @Override
    public int order() {
        return 1;
    }
}
