package io.tenantry.pages;

import io.tenantry.branding.BrandSetupRules;
import io.tenantry.branding.Brands;
import io.tenantry.doctor.DoctorCheck;
import io.tenantry.doctor.Finding;
import io.tenantry.tenant.Tenants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeSelectorProvider;

/** Looks at how lenders look: whether what they ask for is shown. */
public final class BrandDoctor implements DoctorCheck {
    /** The attribute of a client that has a login theme of its own. */
    private static final String CLIENT_THEME = "login_theme";

    @Override
    public Stream<Finding> findings(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        List<OrganizationModel> organizations = new Tenants(session).shared()
                ? session.getProvider(OrganizationProvider.class).getAllStream().toList()
                : List.of();
        return Stream.concat(
                new Brands(realm).findings(organizations.stream()),
                shown(session, realm)
                        ? Stream.empty()
                        : BrandSetupRules.notShown(
                                theme(session, realm.getLoginTheme()).getName(),
                                organizations.stream()
                                        .filter(organization -> !Brands.among(organization.getAttributes())
                                                .isEmpty())
                                        .map(OrganizationModel::getAlias)
                                        .sorted()
                                        .toList()));
    }

    private static boolean shown(KeycloakSession session, RealmModel realm) {
        return BrandTheme.shows(theme(session, realm.getLoginTheme()))
                || realm.getClientsStream()
                        .map(client -> client.getAttribute(CLIENT_THEME))
                        .filter(name -> name != null && !name.isBlank())
                        .distinct()
                        .anyMatch(name -> BrandTheme.shows(theme(session, name)));
    }

    private static Theme theme(KeycloakSession session, @Nullable String chosen) {
        String name = chosen == null || chosen.isBlank()
                ? session.getProvider(ThemeSelectorProvider.class).getDefaultThemeName(Theme.Type.LOGIN)
                : chosen;
        try {
            return session.theme().getTheme(name, Theme.Type.LOGIN);
        } catch (IOException e) {
            throw new UncheckedIOException("the login theme " + name + " cannot be read", e);
        }
    }
}
