package io.tenantry.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements of each of several requests of one kind, by text. Single ones are shared with whatever the server does
 * every second or minute, so the median tells.
 */
record Trips(List<Map<String, Long>> requests) {
    private static final Pattern TABLES = Pattern.compile(
            "\\b(?:from|into|update)\\s+(.+?)(?:\\s+(?:where|set|order|fetch|for)\\b.*|\\s*\\(.*)?$",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    Trips {
        requests = List.copyOf(requests);
    }

    /** What was executed between two looks. */
    static Map<String, Long> between(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> executed = new HashMap<>(after);
        before.forEach((query, calls) -> executed.merge(query, -calls, Long::sum));
        executed.values().removeIf(calls -> calls == 0);
        return executed;
    }

    /** Round trips a request. */
    Spread count() {
        return Spread.of(requests.stream()
                .map(request -> (double)
                        request.values().stream().mapToLong(Long::longValue).sum())
                .toList());
    }

    /** The statements that most of the requests execute, each with its table and how often. */
    String usual() {
        Map<String, Long> usual = new TreeMap<>();
        requests.stream()
                .flatMap(request -> request.keySet().stream())
                .distinct()
                .forEach(query -> {
                    long median = Math.round(Spread.of(requests.stream()
                                    .map(request -> (double) request.getOrDefault(query, 0L))
                                    .toList())
                            .median());
                    if (median > 0) {
                        usual.merge(label(query), median, Long::sum);
                    }
                });
        return usual.isEmpty()
                ? "none"
                : usual.entrySet().stream()
                        .map(entry -> entry.getValue() + " × " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }

    /** What a statement does, and to which tables. */
    static String label(String query) {
        String verb = query.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
        Matcher tables = TABLES.matcher(query);
        if (query.equals(Statements.END) || !tables.find()) {
            return query.equals(Statements.END) ? query : verb;
        }
        return Stream.of(tables.group(1).toLowerCase(Locale.ROOT).split(",|\\bjoin\\b"))
                .map(table -> table.strip().split("\\s+", 2)[0])
                .collect(Collectors.joining(" + ", verb + ' ', ""));
    }
}
