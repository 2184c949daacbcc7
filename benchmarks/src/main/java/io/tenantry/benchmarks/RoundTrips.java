package io.tenantry.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How often a server asks its database to answer one token request: counted, not timed. */
final class RoundTrips {
    /** Before what is counted: what the server keeps in its caches is there then, as it is all day. */
    private static final int UNCOUNTED = 5;

    private final Statements statements;
    private final int count;

    RoundTrips(Statements statements, Scale scale) {
        this.statements = statements;
        this.count = scale == Scale.FULL ? 41 : 5;
    }

    /**
     * Counts them for one request after the other.
     *
     * @param realm what the figures are about
     */
    List<Figure> measure(String realm, Applicant applicant) {
        List<Figure> figures = new ArrayList<>();
        for (TokenRequest request : TokenRequest.values()) {
            Trips trips = new Trips(trips(applicant, request));
            Spread spread = trips.count();
            figures.add(new Figure(
                    request + ", " + realm + ", round trips",
                    spread.median(),
                    String.format(Locale.ROOT, "%.0f", spread.median()),
                    trips.usual() + "; quartiles " + shown(spread.lower()) + "–" + shown(spread.upper()) + ", n = "
                            + spread.count(),
                    Target.NONE));
        }
        return figures;
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private List<Map<String, Long>> trips(Applicant applicant, TokenRequest request) {
        Source source = applicant.source(request);
        List<Map<String, Long>> trips = new ArrayList<>();
        for (int i = 0; i < UNCOUNTED + count; i++) {
            source.prepare();
            Map<String, Long> before = statements.calls();
            String answer = source.next();
            Map<String, Long> after = statements.calls();
            applicant.check(request, answer);
            if (i >= UNCOUNTED) {
                trips.add(Trips.between(before, after));
            }
        }
        return trips;
    }
}
