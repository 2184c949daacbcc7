package io.tenantry.admin;

import io.tenantry.brokering.BrokeringDoctor;
import io.tenantry.doctor.DoctorCheck;
import io.tenantry.doctor.Finding;
import io.tenantry.oidc.OidcDoctor;
import io.tenantry.pages.BrandDoctor;
import io.tenantry.password.PasswordDoctor;
import io.tenantry.revocation.listener.RevocationDoctor;
import io.tenantry.saml.SamlDoctor;
import io.tenantry.token.TokenDoctor;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Asks every part of this pack what is wrong with a realm. One that fails is a finding, and silences no other. */
final class Doctor {
    private static final Logger LOG = Logger.getLogger(Doctor.class);

    private final List<DoctorCheck> checks;
    private final Supplier<String> references;

    /**
     * Asks these.
     *
     * @param references new ones, under which a failure is found in the log
     */
    Doctor(List<DoctorCheck> checks, Supplier<String> references) {
        this.checks = List.copyOf(checks);
        this.references = references;
    }

    /** Every check that there is. */
    static List<DoctorCheck> allChecks() {
        return List.of(
                new TokenDoctor(),
                new PasswordDoctor(),
                new BrokeringDoctor(),
                new SamlDoctor(),
                new OidcDoctor(),
                new RevocationDoctor(),
                new BrandDoctor());
    }

    /** Looks at the realm in the session's context. */
    DoctorReport examine(KeycloakSession session) {
        return DoctorReport.of(
                checks.stream().flatMap(check -> findings(check, session)).toList());
    }

    private Stream<Finding> findings(DoctorCheck check, KeycloakSession session) {
        try {
            // Here, not when the stream is read: what a check throws late is its own failure too
            return check.findings(session).toList().stream();
        } catch (RuntimeException e) {
            String reference = references.get();
            LOG.errorf(e, "%s failed, reference %s", check.getClass().getSimpleName(), reference);
            return Stream.of(Finding.error(
                    "check-failed",
                    "A part of the realm could not be examined, so that its faults are not listed here.",
                    check.getClass().getSimpleName(),
                    "Look into the server's log for the reference " + reference + ", and mend what it names."));
        }
    }
}
