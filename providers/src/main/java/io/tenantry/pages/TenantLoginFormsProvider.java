package io.tenantry.pages;

import io.tenantry.branding.Brand;
import io.tenantry.branding.Brands;
import io.tenantry.branding.Palette;
import io.tenantry.password.PasswordPages;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantHints;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.text.Collator;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.keycloak.forms.login.LoginFormsPages;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProvider;
import org.keycloak.forms.login.freemarker.model.OrganizationBean;
import org.keycloak.forms.login.freemarker.model.UrlBean;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.utils.Organizations;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeResourcesParser;

/**
 * Keycloak's own login forms, which tell a theme that shows brands whose brand a page has, tell pages where a password
 * is chosen what the user's tenants ask for, and tell no page the attributes that are none of its business.
 *
 * <p>A theme that shows brands has the property {@code tenantryBrand}; with any other, in a realm that does not ask for
 * its tenants' password rules, this is nothing but the stock one. {@link BrandTheme}, {@link PasswordPages} and
 * {@link #CHOICES} say what templates get.
 */
final class TenantLoginFormsProvider extends FreeMarkerLoginFormsProvider {
    /**
     * The template attribute of the selection page: a list of {@code {id, name, initial, logo}}, all strings, the logo
     * left out where there is none. Only tenants that the user may enter here are in it.
     */
    static final String CHOICES = "tenantryChoices";

    private static final String SELECTION_PAGE = "select-organization.ftl";
    private static final String STOCK_ORGANIZATION = "org";
    private static final String THEME_RESOURCES = "themeResources";
    private static final String STYLES = "styles";

    private boolean selecting;
    private @Nullable Palette palette;

    TenantLoginFormsProvider(KeycloakSession session) {
        super(session);
    }

    @Override
    public Response createForm(String form) {
        selecting = form.equals(SELECTION_PAGE);
        return super.createForm(form);
    }

    @Override
    protected void createCommonAttributes(
            Theme theme, Locale locale, Properties messages, UriBuilder baseUri, @Nullable LoginFormsPages page) {
        super.createCommonAttributes(theme, locale, messages, baseUri, page);
        if (realm == null) {
            return;
        }
        if (authenticationSession != null) {
            TenantHints.note(session, authenticationSession);
        }
        if (PasswordPages.concern(realm)) {
            narrow(PasswordPages::withoutPolicy);
            if (page == LoginFormsPages.LOGIN_UPDATE_PASSWORD || page == LoginFormsPages.REGISTER) {
                attributes.putAll(new PasswordPages(session, realm).attributes(user, messages, locale));
            }
        }
        if (BrandTheme.shows(theme)) {
            narrow(Brands::among);
            brand(theme, locale, messages);
        }
    }

    /** Here, as some of Keycloak's pages look up the theme's resources again after all else is told. */
    @Override
    protected Response processTemplate(Theme theme, String templateName, Locale locale) {
        Palette shown = palette;
        if (shown != null && !shown.equals(Palette.PLATFORM)) {
            style(theme, (UrlBean) Objects.requireNonNull(attributes.get("url")), shown);
        }
        if (actionUri == null) {
            // A page of consent has nothing to post the switch to, and Keycloak's template fails for want of it
            attributes.remove("switchOrganizationEnabled");
        }
        return super.processTemplate(theme, templateName, locale);
    }

    private void narrow(UnaryOperator<Map<String, List<String>>> kept) {
        if (attributes.containsKey(STOCK_ORGANIZATION)) {
            OrganizationModel organization = Organizations.resolveOrganization(session, user);
            attributes.put(STOCK_ORGANIZATION, new DiscreetOrganization(organization, user, kept));
        }
    }

    private void brand(Theme theme, Locale locale, Properties messages) {
        Brands brands = new Brands(realm);
        PageTenants tenants = new PageTenants(session);
        UrlBean url = (UrlBean) Objects.requireNonNull(attributes.get("url"));
        BrandTheme shown = new BrandTheme(theme, url.getResourcesPath());
        Optional<Tenant> tenant = selecting ? Optional.empty() : tenants.ofPage(authenticationSession, user);
        Brand brand = tenant.map(known -> brands.of(known, messages)).orElseGet(() -> brands.ofRealm(messages));
        attributes.put(BrandTheme.ATTRIBUTE, shown.attribute(brand, tenant.isPresent()));
        palette = brand.palette();
        if (selecting && user != null) {
            Collator order = Collator.getInstance(locale);
            attributes.put(
                    CHOICES,
                    tenants.choices(client, user).stream()
                            .filter(OrganizationTenant.class::isInstance)
                            .map(choice -> choice(choice, brands.of(choice, messages), shown))
                            .sorted(Comparator.comparing(choice -> choice.getOrDefault("name", ""), order))
                            .toList());
        }
    }

    /** Templates put the path of the theme's resources before what is listed here, so the way leads up from there. */
    private void style(Theme theme, UrlBean url, Palette palette) {
        URI sheet = uriInfo.getBaseUriBuilder()
                .path("realms/{realm}/tenantry/brand/{colors}.css")
                .build(realm.getName(), palette.code());
        String up = "../".repeat((int)
                url.getResourcesPath().chars().filter(c -> c == '/').count());
        try {
            Properties properties = new Properties();
            properties.putAll(theme.getProperties());
            properties.merge(STYLES, up + sheet.getRawPath().substring(1), (listed, more) -> listed + " " + more);
            attributes.put(THEME_RESOURCES, ThemeResourcesParser.parse(properties));
        } catch (IOException e) {
            throw new UncheckedIOException("the properties of theme " + theme.getName() + " cannot be read", e);
        }
    }

    private static Map<String, String> choice(Tenant tenant, Brand brand, BrandTheme theme) {
        Map<String, String> choice = new HashMap<>();
        choice.put("id", tenant.id().value());
        choice.put("name", brand.name());
        choice.put("initial", Character.toString(brand.name().codePointAt(0)).toUpperCase(Locale.ROOT));
        String logo = theme.logo(brand);
        if (logo != null) {
            choice.put("logo", logo);
        }
        return choice;
    }

    /** An organization that shows only some of its attributes. Public, as templates read it by reflection. */
    public static final class DiscreetOrganization extends OrganizationBean {
        private final UnaryOperator<Map<String, List<String>>> kept;

        DiscreetOrganization(
                OrganizationModel organization,
                @Nullable UserModel user,
                UnaryOperator<Map<String, List<String>>> kept) {
            super(organization, user);
            this.kept = kept;
        }

        @Override
        public Map<String, List<String>> getAttributes() {
            return kept.apply(super.getAttributes());
        }
    }
}
