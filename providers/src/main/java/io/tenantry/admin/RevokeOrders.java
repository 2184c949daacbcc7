package io.tenantry.admin;

import io.tenantry.revocation.Detected;
import io.tenantry.revocation.listener.RevocationAdmin;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.BiFunction;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** What the resources that revoke have in common: refusing what would reach nobody, the audit, the answer. */
final class RevokeOrders {
    /** The resource type of the admin events. */
    static final String RESOURCE_TYPE = "TENANTRY_REVOCATION";

    private final KeycloakSession session;
    private final AdminEventBuilder adminEvent;

    RevokeOrders(KeycloakSession session, AdminEventBuilder adminEvent) {
        this.session = session;
        this.adminEvent = adminEvent;
    }

    /**
     * The answer.
     *
     * @param published whether consumers know by now; if not, they are told as soon as Redis answers
     * @param userSessionsEnded in Keycloak, offline ones included
     */
    public record Answer(
            List<IssuedRevocation> revocations, boolean published, int userSessionsEnded, int clientSessionsEnded) {
        public Answer {
            revocations = List.copyOf(revocations);
        }
    }

    /**
     * What the audit says of an order; the table says up to when.
     *
     * @param selector the parts that the kind has, in the contract's order
     */
    public record Ordered(String kind, List<String> selector, String cause) {
        public Ordered {
            selector = List.copyOf(selector);
        }

        static Ordered of(Detected ordered) {
            return new Ordered(
                    ordered.selector().kind().wireName(),
                    ordered.selector().parts(),
                    ordered.cause().word());
        }
    }

    /** Carries an order out. */
    Answer issue(BiFunction<RevocationAdmin, RevocationAdmin.Audit, RevocationAdmin.Issued> order) {
        RevocationAdmin revocations = new RevocationAdmin(session);
        revocations.obstacle().ifPresent(obstacle -> {
            throw ErrorResponse.error(obstacle, Response.Status.CONFLICT);
        });
        RevocationAdmin.Issued issued = order.apply(
                revocations,
                (job, ordered) -> audit(adminEvent.clone(job))
                        .representation(List.of(Ordered.of(ordered)))
                        .success());
        return new Answer(
                issued.revocations().stream().map(IssuedRevocation::of).toList(),
                issued.published(),
                issued.userSessionsEnded(),
                issued.clientSessionsEnded());
    }

    /** An event at the request's path. */
    AdminEventBuilder audit(AdminEventBuilder event) {
        return event.resource(RESOURCE_TYPE)
                .operation(OperationType.ACTION)
                .resourcePath(session.getContext().getUri());
    }
}
