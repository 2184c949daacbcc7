package io.tenantry.revocation.outbox;

import io.tenantry.tenant.IssueCutoffs;
import io.tenantry.tenant.IssueCutoffsFactory;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Wires the table of cutoffs. */
public final class JpaIssueCutoffsFactory implements IssueCutoffsFactory {
    @Override
    public IssueCutoffs create(KeycloakSession session) {
        return new JpaIssueCutoffs(session);
    }

    @Override
    public String getId() {
        return "table";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
