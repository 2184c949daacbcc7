package io.tenantry.admin;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code GET …/tenantry/doctor}: what is misconfigured in the realm, as JSON, or as a page for people. */
public final class DoctorResource {
    private final KeycloakSession session;
    private final AdminPermissionEvaluator auth;

    DoctorResource(KeycloakSession session, AdminPermissionEvaluator auth) {
        this.session = session;
        this.auth = auth;
    }

    /** Asks for the rights to view all that a finding may be about. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    public Response examine() {
        auth.realm().requireViewRealm();
        auth.realm().requireViewIdentityProviders();
        auth.clients().requireView();
        DoctorReport report =
                new Doctor(Doctor.allChecks(), () -> UUID.randomUUID().toString()).examine(session);
        return (wantsPage() ? page(report) : Response.ok(report, MediaType.APPLICATION_JSON_TYPE))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    /** Whether HTML is preferred by name; whoever takes anything gets JSON. */
    private boolean wantsPage() {
        return session.getContext().getHttpRequest().getHttpHeaders().getAcceptableMediaTypes().stream()
                .filter(type -> type.isCompatible(MediaType.APPLICATION_JSON_TYPE)
                        || type.isCompatible(MediaType.TEXT_HTML_TYPE))
                .findFirst()
                .filter(type -> !type.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                .isPresent();
    }

    private Response.ResponseBuilder page(DoctorReport report) {
        RealmModel realm = session.getContext().getRealm();
        // Keycloak would put the realm's policy, made for login pages, in place of the page's stricter one
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
        Response.ResponseBuilder response =
                Response.ok(DoctorPage.of(realm.getName(), report), MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"));
        for (BrowserSecurityHeaders header : BrowserSecurityHeaders.values()) {
            String value = realm.getBrowserSecurityHeaders().getOrDefault(header.getKey(), header.getDefaultValue());
            if (header != BrowserSecurityHeaders.CONTENT_SECURITY_POLICY && !value.isEmpty()) {
                response.header(header.getHeaderName(), value);
            }
        }
        return response.header(
                BrowserSecurityHeaders.CONTENT_SECURITY_POLICY.getHeaderName(), DoctorPage.CONTENT_SECURITY_POLICY);
    }
}
