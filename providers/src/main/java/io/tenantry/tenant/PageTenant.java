package io.tenantry.tenant;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;

/** The tenant that a page of this request is about, where nothing else tells: a refused sign-in belongs to nobody yet. */
public final class PageTenant {
    private PageTenant() {}

    /** Tells whoever writes the page. */
    public static void tell(KeycloakSession session, @Nullable Tenant tenant) {
        if (tenant != null) {
            session.setAttribute(PageTenant.class.getName(), tenant);
        }
    }

    /** What was told. */
    public static Optional<Tenant> told(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(PageTenant.class.getName(), Tenant.class));
    }
}
