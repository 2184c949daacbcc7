package io.tenantry.it;

import static io.restassured.RestAssured.given;

import io.tenantry.stack.KeycloakServer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server's {@code /metrics} says now. */
public record Metrics(String text) {
    private static final Pattern SERIES = Pattern.compile("(?m)^(tenantry_[a-z_]+)");
    private static final Pattern NAME = Pattern.compile("(tenantry_[a-z_]+)");

    public static Metrics of(KeycloakServer server) {
        return new Metrics(given().get(server.managementUri() + "/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    /** The value of the one series whose name and labels are exactly these. */
    public double value(String series) {
        Matcher line =
                Pattern.compile("(?m)^" + Pattern.quote(series) + " (\\S+)$").matcher(text);
        if (!line.find()) {
            throw new AssertionError("no series " + series + " among\n"
                    + text.lines().filter(each -> each.startsWith("tenantry")).toList());
        }
        return Double.parseDouble(line.group(1));
    }

    /** The names of this pack's series, each once. */
    List<String> names() {
        return names(SERIES);
    }

    /** The names of metrics anywhere in a text, each once. */
    List<String> named() {
        return names(NAME);
    }

    private List<String> names(Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }
}
