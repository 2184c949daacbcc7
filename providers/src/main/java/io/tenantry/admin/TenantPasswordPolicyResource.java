package io.tenantry.admin;

import io.tenantry.password.PasswordPolicyAdmin;
import io.tenantry.tenant.OrganizationTenant;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code …/tenantry/tenants/{alias}/password-policy}: a tenant's rules, validated before they are saved. */
public final class TenantPasswordPolicyResource {
    private final KeycloakSession session;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;

    TenantPasswordPolicyResource(KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.auth = auth;
        this.adminEvent = adminEvent;
    }

    /**
     * A tenant's policy.
     *
     * @param rules each as in the console, such as {@code length(14)}
     * @param graceDays null for none
     */
    public record Policy(
            @Nullable List<String> rules, @Nullable Integer graceDays) {}

    /** Why a policy was not saved. */
    public record Refusal(String errorMessage, List<PasswordPolicyAdmin.Problem> problems) {
        public Refusal {
            problems = List.copyOf(problems);
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Policy get(@PathParam("alias") String alias) {
        auth.users().requireManage();
        OrganizationTenant tenant = Requested.tenant(session, alias);
        PasswordPolicyAdmin policies = new PasswordPolicyAdmin(session);
        return new Policy(policies.rules(tenant), policies.graceDays(tenant));
    }

    /** Needs the right to manage the organization too, whose attributes hold the policy. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("alias") String alias, @Nullable Policy policy) {
        auth.users().requireManage();
        OrganizationTenant tenant = Requested.tenant(session, alias);
        auth.orgs().requireManage(tenant.organization());
        if (policy == null || policy.rules() == null || policy.rules().contains(null)) {
            throw ErrorResponse.error(
                    "Send {\"rules\": [\"length(14)\", …], \"graceDays\": 14}", Response.Status.BAD_REQUEST);
        }
        List<PasswordPolicyAdmin.Problem> problems =
                new PasswordPolicyAdmin(session).save(tenant, policy.rules(), policy.graceDays());
        if (!problems.isEmpty()) {
            return Response.status(Response.Status.BAD_REQUEST)
                    .entity(new Refusal("The policy was not saved", problems))
                    .build();
        }
        adminEvent
                .resource(ResourceType.ORGANIZATION)
                .operation(OperationType.UPDATE)
                .resourcePath(session.getContext().getUri())
                .representation(policy)
                .success();
        return Response.noContent().build();
    }
}
