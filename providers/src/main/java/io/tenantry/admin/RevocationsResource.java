package io.tenantry.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tenantry.contract.Revocation;
import io.tenantry.revocation.PublishException;
import io.tenantry.revocation.RevocationPublisher.DataSet;
import io.tenantry.revocation.listener.RevocationAdmin;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code …/tenantry/revocations}: what is revoked in the realm, and how publishing it stands. */
public final class RevocationsResource {
    private static final int MAX_PAGE = 1_000;
    private static final int MAX_FIRST = 10_000_000;

    private final KeycloakSession session;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;

    RevocationsResource(KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.auth = auth;
        this.adminEvent = adminEvent;
    }

    /**
     * A page.
     *
     * @param total how many live ones there are
     */
    public record Page(long total, List<IssuedRevocation> revocations) {
        public Page {
            revocations = List.copyOf(revocations);
        }
    }

    /**
     * How publishing stands; ages in seconds.
     *
     * @param oldestPendingAge left out if none is pending
     * @param problem why publishing failed when it was last tried, at most some seconds ago; left out if it succeeded
     * @param notices what else an operator should look at, such as a clock that is wrong; empty if nothing
     * @param watermark up to when Redis is known to be complete; left out if it claims nothing, or does not answer
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Status(
            boolean listening,
            boolean configured,
            long live,
            long pending,
            @Nullable Double oldestPendingAge,
            @Nullable String watermark,
            @Nullable Double watermarkAge,
            boolean redisReachable,
            @Nullable String problem,
            List<String> notices,
            Epoch epoch) {
        public Status {
            notices = List.copyOf(notices);
        }
    }

    /**
     * The name of the data set.
     *
     * @param intact whether Redis has the one that is expected
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Epoch(@Nullable String expected, @Nullable String found, boolean intact) {}

    /** The live ones, the newest first. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Page list(
            @QueryParam("first") @DefaultValue("0") String first, @QueryParam("max") @DefaultValue("100") String max) {
        auth.realm().requireViewRealm();
        auth.users().requireView();
        int from = number("first", first, 0, MAX_FIRST);
        int size = number("max", max, 1, MAX_PAGE);
        RevocationAdmin revocations = new RevocationAdmin(session);
        return new Page(
                revocations.liveCount(),
                revocations.live(from, size).stream().map(IssuedRevocation::of).toList());
    }

    @GET
    @Path("status")
    @Produces(MediaType.APPLICATION_JSON)
    public Status status() {
        auth.realm().requireViewRealm();
        RevocationAdmin.Status status = new RevocationAdmin(session).status();
        DataSet found = status.found();
        Instant watermark = found == null ? null : found.watermark();
        String epoch = found == null ? null : found.epoch();
        return new Status(
                status.listening(),
                status.configured(),
                status.live(),
                status.pending(),
                seconds(status.oldestPendingAge()),
                watermark == null ? null : watermark.toString(),
                seconds(status.watermarkAge()),
                found != null,
                status.problem(),
                status.notices(),
                new Epoch(status.expectedEpoch(), epoch, epoch != null && epoch.equals(status.expectedEpoch())));
    }

    /** Has all live ones published anew, within seconds; the status tells when it is done. */
    @POST
    @Path("republish")
    public Response republish() {
        auth.realm().requireManageRealm();
        RevocationAdmin revocations = new RevocationAdmin(session);
        revocations.obstacle().ifPresent(obstacle -> {
            throw ErrorResponse.error(obstacle, Response.Status.CONFLICT);
        });
        revocations.republish();
        new RevokeOrders(session, adminEvent).audit(adminEvent).success();
        return Response.noContent().build();
    }

    /**
     * Takes a cutoff that lies ahead back to now: one that a clock or an earlier version left behind, and that would refuse
     * sign-ins to come. Any other stays.
     */
    @DELETE
    @Path("{id}")
    public Response takeBack(@PathParam("id") String id) {
        auth.realm().requireManageRealm();
        RevocationAdmin revocations = new RevocationAdmin(session);
        Revocation found = revocations
                .find(id)
                .orElseThrow(() -> ErrorResponse.error("No live revocation has this id", Response.Status.NOT_FOUND));
        if (!revocations.liesAhead(found)) {
            throw ErrorResponse.error(
                    "Only a revocation whose cutoff lies ahead can be taken back", Response.Status.CONFLICT);
        }
        try {
            revocations.takeBack(found);
        } catch (PublishException e) {
            session.getTransactionManager().setRollbackOnly();
            throw ErrorResponse.error(
                    "Nothing was taken back, as its key cannot be removed: " + e.getMessage(),
                    Response.Status.SERVICE_UNAVAILABLE);
        }
        new RevokeOrders(session, adminEvent)
                .audit(adminEvent)
                .representation(List.of(IssuedRevocation.of(found)))
                .success();
        return Response.noContent().build();
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1_000.0;
    }

    private static int number(String name, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered like a number out of range
        }
        throw ErrorResponse.error(
                "The parameter " + name + " is a whole number from " + least + " to " + most,
                Response.Status.BAD_REQUEST);
    }
}
