package io.tenantry.admin;

import jakarta.ws.rs.Path;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * {@code /admin/realms/{realm}/tenantry}: one sub-resource a capability. Any token of the realm comes this far: the first
 * line of each method behind it asks {@code auth} for the role that it needs.
 */
public final class TenantryAdminResource {
    private final KeycloakSession session;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;
    private final CheckBudget checks;

    TenantryAdminResource(
            KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent, CheckBudget checks) {
        this.session = session;
        this.auth = auth;
        this.adminEvent = adminEvent;
        this.checks = checks;
    }

    @Path("doctor")
    public DoctorResource doctor() {
        return new DoctorResource(session, auth);
    }

    @Path("password-policy")
    public PasswordCheckResource passwordPolicy() {
        return new PasswordCheckResource(session, auth, checks);
    }

    @Path("users/{id}/password-policy")
    public UserPasswordPolicyResource userPasswordPolicy() {
        return new UserPasswordPolicyResource(session, auth);
    }

    @Path("revocations")
    public RevocationsResource revocations() {
        return new RevocationsResource(session, auth, adminEvent);
    }

    @Path("tenants/{alias}/revoke")
    public TenantRevokeResource revokeTenant() {
        return new TenantRevokeResource(session, auth, adminEvent);
    }

    @Path("users/{id}/revoke")
    public UserRevokeResource revokeUser() {
        return new UserRevokeResource(session, auth, adminEvent);
    }

    @Path("users/{id}/vouched-credentials")
    public UserVouchedCredentialsResource vouchedCredentials() {
        return new UserVouchedCredentialsResource(session, auth, adminEvent);
    }

    @Path("clients/{id}/revoke")
    public ClientRevokeResource revokeClient() {
        return new ClientRevokeResource(session, auth, adminEvent);
    }

    @Path("tokens/{jti}")
    public TokenRevokeResource revokeToken() {
        return new TokenRevokeResource(session, auth, adminEvent);
    }

    @Path("tenants/{alias}/password-policy")
    public TenantPasswordPolicyResource tenantPasswordPolicy() {
        return new TenantPasswordPolicyResource(session, auth, adminEvent);
    }
}
