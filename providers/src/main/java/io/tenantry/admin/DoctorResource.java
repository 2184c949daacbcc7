package io.tenantry.admin;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code GET …/tenantry/doctor}: what is misconfigured in the realm, as JSON, or as a page for people. */
public final class DoctorResource {
    private static final List<MediaType> FORMS = List.of(MediaType.APPLICATION_JSON_TYPE, MediaType.TEXT_HTML_TYPE);

    private final KeycloakSession session;
    private final AdminPermissionEvaluator auth;

    DoctorResource(KeycloakSession session, AdminPermissionEvaluator auth) {
        this.session = session;
        this.auth = auth;
    }

    /**
     * Asks for the rights to view all that a finding may be about. It says not by annotation what it produces: with two
     * forms to choose from the server fails on an Accept header that it cannot read.
     */
    @GET
    public Response examine() {
        auth.realm().requireViewRealm();
        auth.realm().requireViewIdentityProviders();
        auth.clients().requireView();
        MediaType form = wantedForm();
        DoctorReport report =
                new Doctor(Doctor.allChecks(), () -> UUID.randomUUID().toString()).examine(session);
        return (form.equals(MediaType.TEXT_HTML_TYPE) ? page(report) : Response.ok(report, form))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    /** HTML where it is preferred by name; whoever takes anything gets JSON. */
    private MediaType wantedForm() {
        try {
            return session.getContext().getHttpRequest().getHttpHeaders().getAcceptableMediaTypes().stream()
                    .flatMap(type -> FORMS.stream().filter(type::isCompatible).limit(1))
                    .findFirst()
                    .orElseThrow(NotAcceptableException::new);
        } catch (IllegalArgumentException unreadable) {
            throw new NotAcceptableException(unreadable);
        }
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
