package io.tenantry.admin;

import io.tenantry.pages.TenantFaces;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import io.tenantry.token.ClientTenants;
import io.tenantry.token.TokenTenant;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager;

/** {@code GET …/tenants}: the caller's own tenants, the enabled ones, by name. */
public final class OwnTenantsResource {
    /** More are of no use in a switcher, and a caller may be in thousands. */
    private static final int MOST = 200;

    private final KeycloakSession session;

    OwnTenantsResource(KeycloakSession session) {
        this.session = session;
    }

    /** Answers browsers that ask whether they may ask. */
    @OPTIONS
    @Path("")
    public Response preflight() {
        return Cors.builder()
                .preflight()
                .auth()
                .allowedMethods("GET", "OPTIONS")
                .add(Response.ok());
    }

    /** Lists them. */
    @GET
    @Path("")
    @Produces(MediaType.APPLICATION_JSON)
    public Response list() {
        AuthenticationManager.AuthResult caller = new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
        Cors cors = Cors.builder().auth().allowedMethods("GET");
        if (caller == null) {
            throw new CorsErrorResponseException(
                    cors.allowAllOrigins(),
                    OAuthErrorException.INVALID_TOKEN,
                    "Present an access token of this realm",
                    Response.Status.UNAUTHORIZED);
        }
        ClientModel client = caller.client();
        cors.checkAllowedOrigins(session, client);
        Tenants tenants = new Tenants(session);
        Optional<TenantId> active = tenants.dedicated()
                .flatMap(RealmTenant::usableId)
                .or(() -> TokenTenant.of(session, caller.token(), client));
        ClientTenants served = ClientTenants.of(client);
        TenantFaces faces = new TenantFaces(session);
        List<OwnTenant> own = tenants.ofMember(caller.user())
                .filter(tenant -> tenant.enabled() && served.allow(tenant.id()))
                .sorted(Comparator.comparing(Tenant::displayName).thenComparing(Tenant::id))
                .limit(MOST)
                .map(tenant -> OwnTenant.of(tenant, faces.of(tenant), active.equals(Optional.of(tenant.id()))))
                .toList();
        return cors.add(Response.ok(own).header("Cache-Control", "no-store"));
    }
}
