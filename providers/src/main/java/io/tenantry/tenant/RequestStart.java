package io.tenantry.tenant;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** When a session of Keycloak's first read anything: what it knows may be as old as that. */
public final class RequestStart {
    private static final String ATTRIBUTE = RequestStart.class.getName();

    private RequestStart() {}

    /** Notes that the session is about to read for the first time. */
    public static void note(KeycloakSession session, Clock clock) {
        session.setAttribute(ATTRIBUTE, clock.instant());
    }

    /** That moment; empty if nobody noted it. */
    public static Optional<Instant> of(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, Instant.class));
    }
}
