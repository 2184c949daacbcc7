package io.tenantry.pages;

import io.tenantry.branding.Brand;
import io.tenantry.branding.Brands;
import io.tenantry.tenant.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.keycloak.forms.login.freemarker.model.UrlBean;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/** Names and logos of tenants as the login pages show them, for applications that show them too. */
public final class TenantFaces {
    private final Brands brands;
    private final Properties texts;
    private final @Nullable BrandTheme theme;

    /** Those of the realm in the session's context. */
    public TenantFaces(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        this.brands = new Brands(realm);
        try {
            Theme login = session.theme().getTheme(Theme.Type.LOGIN);
            this.texts = login.getEnhancedMessages(realm, session.getContext().resolveLocale(null));
            String resources =
                    new UrlBean(realm, login, session.getContext().getUri().getBaseUri(), null).getResourcesUrl();
            this.theme = BrandTheme.shows(login) ? new BrandTheme(login, resources) : null;
        } catch (IOException e) {
            throw new UncheckedIOException("the login theme of realm " + realm.getName() + " cannot be read", e);
        }
    }

    /**
     * What people see of a tenant.
     *
     * @param logo its address; null for none
     */
    public record Face(String name, @Nullable String logo) {}

    /** A tenant's. */
    public Face of(Tenant tenant) {
        Brand brand = brands.of(tenant, texts);
        return new Face(brand.name(), theme == null ? elsewhere(brand) : theme.logo(brand));
    }

    private static @Nullable String elsewhere(Brand brand) {
        return brand.logoInTheme() ? null : brand.logo();
    }
}
