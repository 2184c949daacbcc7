package io.tenantry.proof;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Adds the table to Keycloak's database. */
public final class ProofEntityProviderFactory implements JpaEntityProviderFactory {
    /** Letters alone: Liquibase's own table is named after it, and Keycloak drops everything else from that name. */
    static final String ID = "tenantryproof";

    private static final String CHANGELOG = "META-INF/tenantry-proof-changelog.xml";

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new Entities();
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

    private static final class Entities implements JpaEntityProvider {
        @Override
        public List<Class<?>> getEntities() {
            return List.of(VouchedCredentialEntity.class);
        }

        @Override
        public String getChangelogLocation() {
            return CHANGELOG;
        }

        @Override
        public String getFactoryId() {
            return ID;
        }

        @Override
        public void close() {}
    }
}
