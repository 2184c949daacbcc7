package io.tenantry.pages;

import io.tenantry.branding.Brand;
import io.tenantry.branding.Brands;
import io.tenantry.branding.PlainText;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.Tenant;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.keycloak.email.EmailException;
import org.keycloak.email.freemarker.FreeMarkerEmailTemplateProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.theme.Theme;

/**
 * Keycloak's own mails, which tell a theme that shows brands whose brand a mail has, and call the lender by its name.
 * With any other theme nothing but the stock one.
 */
final class TenantEmailTemplateProvider extends FreeMarkerEmailTemplateProvider {
    private static final String ORGANIZATION = "organization";

    private @Nullable Brand brand;
    private boolean lender;

    TenantEmailTemplateProvider(KeycloakSession session) {
        super(session);
    }

    @Override
    protected EmailTemplate processTemplate(
            String subjectKey, List<Object> subjectAttributes, String template, Map<String, Object> attributes)
            throws EmailException {
        Theme theme = theme();
        if (!BrandTheme.shows(theme)) {
            return super.processTemplate(subjectKey, subjectAttributes, template, attributes);
        }
        Locale locale = session.getContext().resolveLocale(user);
        Brand shown = brand(theme, locale, attributes.get(ORGANIZATION));
        brand = shown;
        try {
            attributes.put(BrandTheme.ATTRIBUTE, new BrandTheme(theme, "").attribute(withoutLogo(shown), lender));
            attributes.computeIfPresent(ORGANIZATION, (key, organization) -> described(shown));
            EmailTemplate mail = super.processTemplate(subjectKey, subjectAttributes, template, attributes);
            return new EmailTemplate(mail.getSubject(), mail.getTextBody() + signature(shown), mail.getHtmlBody());
        } finally {
            brand = null;
        }
    }

    /** Texts of mails go through kcSanitize, which lets links and pictures of a name pass. */
    @Override
    protected String getRealmName() {
        return brand == null ? super.getRealmName() : PlainText.of(brand.name());
    }

    private Brand brand(Theme theme, Locale locale, @Nullable Object organization) throws EmailException {
        Optional<Tenant> tenant = organization instanceof OrganizationModel inviting
                ? Optional.of(new OrganizationTenant(inviting))
                : new PageTenants(session).ofMail(authenticationSession, user);
        lender = tenant.isPresent();
        Properties texts = texts(theme, locale);
        Brands brands = new Brands(realm);
        return tenant.map(known -> brands.of(known, texts)).orElseGet(() -> brands.ofRealm(texts));
    }

    private Properties texts(Theme theme, Locale locale) throws EmailException {
        try {
            return theme.getEnhancedMessages(realm, locale);
        } catch (IOException e) {
            throw new EmailException("Failed to template email", e);
        }
    }

    private Theme theme() throws EmailException {
        try {
            return getTheme();
        } catch (IOException e) {
            throw new EmailException("Failed to template email", e);
        }
    }

    /** Text mails have no template around them that a theme could put this into. */
    private static String signature(Brand brand) {
        StringBuilder lines = new StringBuilder("\n\n-- \n").append(brand.name());
        if (brand.support() != null) {
            lines.append('\n').append(address(brand.support()));
        }
        if (brand.privacy() != null) {
            lines.append('\n').append(brand.privacy());
        }
        brand.legal().forEach(line -> lines.append('\n').append(line));
        return lines.append('\n').toString();
    }

    private static String address(String link) {
        return link.startsWith("https:") ? link : link.substring(link.indexOf(':') + 1);
    }

    /** All that the invitation's text says of the organization. */
    private static Map<String, Object> described(Brand brand) {
        return Map.of("name", PlainText.of(brand.name()));
    }

    /** Programs that read mail show no pictures unless asked, and few ever show SVG. */
    private static Brand withoutLogo(Brand brand) {
        return new Brand(brand.name(), null, brand.support(), brand.privacy(), brand.legal(), brand.palette());
    }
}
