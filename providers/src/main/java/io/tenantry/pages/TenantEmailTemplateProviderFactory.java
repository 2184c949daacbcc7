package io.tenantry.pages;

import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.email.freemarker.FreeMarkerEmailTemplateProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Takes the place of Keycloak's mails, for the reasons in docs/decisions. */
public final class TenantEmailTemplateProviderFactory extends FreeMarkerEmailTemplateProviderFactory {
    @Override
    public EmailTemplateProvider create(KeycloakSession session) {
        return new TenantEmailTemplateProvider(session);
    }

    @Override
    public int order() {
        return 1;
    }
}
