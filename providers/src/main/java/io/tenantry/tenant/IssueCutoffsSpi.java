package io.tenantry.tenant;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Lets those who issue tokens ask for {@link IssueCutoffs} without knowing who keeps them. */
public final class IssueCutoffsSpi implements Spi {
    @Override
    public boolean isInternal() {
        return true;
    }

    @Override
    public String getName() {
        return "tenantry-issue-cutoffs";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return IssueCutoffs.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return IssueCutoffsFactory.class;
    }
}
