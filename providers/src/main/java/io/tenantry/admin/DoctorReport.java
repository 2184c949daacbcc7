package io.tenantry.admin;

import io.tenantry.doctor.Finding;
import io.tenantry.doctor.Severity;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What the doctor answers.
 *
 * @param findings the worst first
 * @param errors how many of them are errors
 * @param warnings how many are warnings
 */
public record DoctorReport(List<Finding> findings, long errors, long warnings) {
    private static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::severity)
            .thenComparing(Finding::check)
            .thenComparing(Finding::where);

    public DoctorReport {
        findings = List.copyOf(findings);
    }

    static DoctorReport of(Collection<Finding> findings) {
        return new DoctorReport(
                findings.stream().distinct().sorted(WORST_FIRST).toList(),
                count(findings, Severity.ERROR),
                count(findings, Severity.WARNING));
    }

    private static long count(Collection<Finding> findings, Severity severity) {
        return findings.stream()
                .distinct()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
