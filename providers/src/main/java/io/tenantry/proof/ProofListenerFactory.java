package io.tenantry.proof;

import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Wires the listener that notes how sessions were proven: in every realm, as nobody must be able to switch it off. */
public final class ProofListenerFactory implements EventListenerProviderFactory {
    /** The id in the server's information. */
    public static final String ID = "tenantry-session-proof";

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new ProofListener(session);
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
