package io.tenantry.pages;

import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Takes the place of Keycloak's login forms, for the reasons in docs/decisions. */
public final class TenantLoginFormsProviderFactory extends FreeMarkerLoginFormsProviderFactory {
    @Override
    public LoginFormsProvider create(KeycloakSession session) {
        return new TenantLoginFormsProvider(session);
    }

    @Override
    public int order() {
        return 1;
    }
}
