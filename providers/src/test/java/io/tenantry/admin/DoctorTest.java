package io.tenantry.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.doctor.DoctorCheck;
import io.tenantry.doctor.Finding;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;

class DoctorTest {
    private static final Finding WARNING = Finding.warning("a-warning", "It could be better.", "realm", "Mend it.");
    private static final Finding ERROR = Finding.error("an-error", "It is broken.", "realm", "Mend it.");

    /** No check here asks it anything. */
    private static final KeycloakSession SESSION = (KeycloakSession) Proxy.newProxyInstance(
            DoctorTest.class.getClassLoader(), new Class<?>[] {KeycloakSession.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    @Test
    void listsTheWorstFirstAndCounts() {
        DoctorReport report = examine(session -> Stream.of(WARNING), session -> Stream.of(ERROR));
        assertThat(report.findings()).containsExactly(ERROR, WARNING);
        assertThat(report.errors()).isEqualTo(1);
        assertThat(report.warnings()).isEqualTo(1);
    }

    @Test
    void saysTheSameOnce() {
        DoctorReport report = examine(session -> Stream.of(ERROR, ERROR));
        assertThat(report.findings()).containsExactly(ERROR);
        assertThat(report.errors()).isEqualTo(1);
    }

    @Test
    void failureOfOneCheckIsAFindingOfItsOwnAndSilencesNoOther() {
        DoctorReport report = examine(
                session -> {
                    throw new IllegalStateException("a secret");
                },
                session -> Stream.of(1).map(one -> {
                    throw new IllegalStateException("a secret, late");
                }),
                session -> Stream.of(WARNING));
        assertThat(report.errors()).isEqualTo(2);
        assertThat(report.findings()).contains(WARNING);
        assertThat(report.findings())
                .filteredOn(finding -> finding.check().equals("check-failed"))
                .hasSize(2)
                .allSatisfy(finding -> {
                    assertThat(finding.remedy()).contains("reference ref-");
                    assertThat(finding.toString()).doesNotContain("secret");
                });
    }

    @Test
    void everyCheckIsAsked() {
        assertThat(Doctor.allChecks())
                .extracting(check -> check.getClass().getSimpleName())
                .containsExactlyInAnyOrder(
                        "TokenDoctor",
                        "PasswordDoctor",
                        "BrokeringDoctor",
                        "SamlDoctor",
                        "OidcDoctor",
                        "RevocationDoctor",
                        "BrandDoctor");
    }

    private static DoctorReport examine(DoctorCheck... checks) {
        int[] references = {0};
        return new Doctor(List.of(checks), () -> "ref-" + references[0]++).examine(SESSION);
    }
}
