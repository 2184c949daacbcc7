package io.tenantry.admin;

import io.tenantry.password.PasswordPolicyAdmin;
import io.tenantry.tenant.OrganizationTenant;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code POST …/tenantry/password-policy/check}: would this password do? Nothing is logged or stored. */
public final class PasswordCheckResource {
    private static final int MAX_PASSWORD = 1_024;

    private final KeycloakSession session;
    private final AdminPermissionEvaluator auth;
    private final CheckBudget checks;

    PasswordCheckResource(KeycloakSession session, AdminPermissionEvaluator auth, CheckBudget checks) {
        this.session = session;
        this.auth = auth;
        this.checks = checks;
    }

    /**
     * The question.
     *
     * @param user the id of the user who wants the password; or
     * @param tenant the alias of the tenant whose rules are asked
     */
    public record Question(
            @Nullable String password,
            @Nullable String user,
            @Nullable String tenant) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Question[user=" + user + ", tenant=" + tenant + "]";
        }
    }

    /**
     * The answer.
     *
     * @param acceptable whether there are no violations
     */
    public record Answer(boolean acceptable, List<PasswordPolicyAdmin.Violation> violations) {
        static Answer of(List<PasswordPolicyAdmin.Violation> violations) {
            return new Answer(violations.isEmpty(), List.copyOf(violations));
        }
    }

    @POST
    @Path("check")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Answer check(@Nullable Question question) {
        auth.users().requireManage();
        if (question == null
                || question.password() == null
                || question.password().length() > MAX_PASSWORD
                || (question.user() == null) == (question.tenant() == null)) {
            throw ErrorResponse.error(
                    "Send a password of at most " + MAX_PASSWORD + " characters, and either a user's id or a tenant's"
                            + " alias",
                    Response.Status.BAD_REQUEST);
        }
        String caller = session.getContext().getRealm().getId()
                + '/'
                + auth.adminAuth().getUser().getId();
        if (!checks.take(caller)) {
            throw ErrorResponse.error(
                    "At most " + CheckBudget.PER_MINUTE + " passwords are checked a minute",
                    Response.Status.TOO_MANY_REQUESTS);
        }
        PasswordPolicyAdmin policies = new PasswordPolicyAdmin(session);
        if (question.tenant() != null) {
            OrganizationTenant tenant = Requested.tenant(session, question.tenant());
            return Answer.of(policies.check(tenant, question.password()));
        }
        UserModel user = Requested.user(session, auth, String.valueOf(question.user()));
        return Answer.of(policies.check(user, question.password()));
    }
}
