package io.tenantry.admin;

import io.tenantry.doctor.Finding;
import io.tenantry.doctor.Severity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** The doctor's report as a page that needs nothing from elsewhere and runs no script, so that it may be kept as a file. */
final class DoctorPage {
    private static final String STYLE = """
            :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
            body{margin:0 auto;max-width:60rem;padding:1.5rem}
            h1{font-size:1.5rem}
            article{border:1px solid;border-left-width:.5rem;border-radius:.25rem;margin:1rem 0;padding:.25rem 1rem}
            .error{border-color:light-dark(#b3261e,#f2b8b5)}
            .warning{border-color:light-dark(#8a5a00,#f0c36d)}
            h2{font-size:1rem;margin:.5rem 0}
            dl{margin:.5rem 0}
            dt{font-weight:600}
            dd{margin:0 0 .5rem}
            dd,h2{overflow-wrap:anywhere}
            """;

    /** Nothing but the page's own style, in no frame. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + digest(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private DoctorPage() {}

    static String of(String realm, DoctorReport report) {
        StringBuilder page = new StringBuilder(1_024)
                .append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(text("Doctor: " + realm))
                .append("</title>\n<style>")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(text("What is misconfigured in the realm " + realm))
                .append("</h1>\n<p>")
                .append(text(summary(report)))
                .append("</p>\n");
        report.findings().forEach(finding -> append(page, finding));
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String summary(DoctorReport report) {
        return report.findings().isEmpty()
                ? "Nothing was found."
                : "Errors: " + report.errors() + ". Warnings: " + report.warnings() + ".";
    }

    private static void append(StringBuilder page, Finding finding) {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        page.append("<article class=\"")
                .append(severity)
                .append("\">\n<h2>")
                .append(text((finding.severity() == Severity.ERROR ? "Error: " : "Warning: ") + finding.what()))
                .append("</h2>\n<dl>\n");
        entry(page, "Where", finding.where());
        entry(page, "Remedy", finding.remedy());
        entry(page, "Check", finding.check());
        page.append("</dl>\n</article>\n");
    }

    private static void entry(StringBuilder page, String name, String value) {
        page.append("<dt>").append(name).append("</dt><dd>").append(text(value)).append("</dd>\n");
    }

    /** As text of an element: what names carry becomes no markup. */
    private static String text(String any) {
        return any.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String digest(String style) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
