package io.tenantry.pages;

import io.tenantry.branding.Brand;
import io.tenantry.branding.PlainText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.theme.Theme;

/** A theme that shows brands: it, or a theme that it builds on, has the property {@value #PROPERTY}. */
final class BrandTheme {
    /** The property, {@code true}. */
    static final String PROPERTY = "tenantryBrand";

    /** The template attribute: a map of strings, with {@code legal} a list of them. */
    static final String ATTRIBUTE = "tenantryBrand";

    private static final String LOGOS = "img/lenders/";

    private final Theme theme;
    private final String resources;
    private final Map<String, Boolean> found = new HashMap<>();

    /**
     * Wraps a theme.
     *
     * @param resources the address of its resources, without a slash at the end
     */
    BrandTheme(Theme theme, String resources) {
        this.theme = theme;
        this.resources = resources;
    }

    static boolean shows(Theme theme) {
        try {
            return Boolean.parseBoolean(theme.getProperties().getProperty(PROPERTY));
        } catch (IOException e) {
            throw new UncheckedIOException("the properties of theme " + theme.getName() + " cannot be read", e);
        }
    }

    /**
     * A brand, for templates.
     *
     * @param lender whether it is a lender's, not the platform's
     */
    Map<String, Object> attribute(Brand brand, boolean lender) {
        Map<String, Object> bean = new HashMap<>();
        bean.put("name", brand.name());
        bean.put("markupName", PlainText.of(brand.name()));
        bean.put("lender", lender);
        bean.put("legal", brand.legal());
        putIfThere(bean, "logo", logo(brand));
        putIfThere(bean, "support", brand.support());
        putIfThere(bean, "privacy", brand.privacy());
        bean.put("color", brand.palette().brandColor());
        bean.put("onColor", brand.palette().onBrandColor());
        bean.put("accent", brand.palette().accentColor());
        return bean;
    }

    /** The address of a brand's logo; null if it has none, or one that is not there. */
    @Nullable String logo(Brand brand) {
        String logo = brand.logo();
        if (logo == null || !brand.logoInTheme()) {
            return logo;
        }
        return found.computeIfAbsent(logo, this::exists) ? resources + '/' + LOGOS + logo : null;
    }

    private boolean exists(String file) {
        try {
            return theme.hasResource(LOGOS + file);
        } catch (IOException e) {
            throw new UncheckedIOException("the logos of theme " + theme.getName() + " cannot be read", e);
        }
    }

    private static void putIfThere(Map<String, Object> bean, String key, @Nullable String value) {
        if (value != null) {
            bean.put(key, value);
        }
    }
}
