package io.tenantry.admin;

import io.tenantry.password.PasswordPolicyAdmin;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code GET …/tenantry/users/{id}/password-policy}: every rule that holds for a user, and whose it is. */
public final class UserPasswordPolicyResource {
    private final KeycloakSession session;
    private final AdminPermissionEvaluator auth;

    UserPasswordPolicyResource(KeycloakSession session, AdminPermissionEvaluator auth) {
        this.session = session;
        this.auth = auth;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<PasswordPolicyAdmin.Rule> rules(@PathParam("id") String id) {
        auth.users().requireManage();
        return new PasswordPolicyAdmin(session).effective(Requested.user(session, auth, id));
    }
}
