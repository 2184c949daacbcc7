package io.tenantry.tenant;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link IssueCutoffs} of a session. */
public interface IssueCutoffsFactory extends ProviderFactory<IssueCutoffs> {}
