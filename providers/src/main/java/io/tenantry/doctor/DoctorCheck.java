package io.tenantry.doctor;

import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/** Looks for one kind of misconfiguration. Has a public constructor without arguments, and changes nothing. */
@FunctionalInterface
public interface DoctorCheck {
    /**
     * Looks at the realm in the session's context.
     *
     * @return what is wrong; empty if nothing is
     */
    Stream<Finding> findings(KeycloakSession session);
}
