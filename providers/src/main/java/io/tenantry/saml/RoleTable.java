package io.tenantry.saml;

import io.tenantry.settings.InvalidSettingException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which values of an attribute put a user into which groups. A path names a group of the provider's own organization,
 * from its top; there is no way to write one of another organization, of the realm, or a role.
 */
final class RoleTable {
    /** The most rows; a table is read at every login. */
    static final int MAX_ROWS = 1_000;

    private final Map<String, Set<List<String>>> rows;

    private RoleTable(Map<String, Set<List<String>>> rows) {
        this.rows = rows;
    }

    /**
     * Reads the table.
     *
     * @param setting where it was written, for the error
     * @param table paths by value
     * @throws InvalidSettingException if a path is empty, or the table too long
     */
    static RoleTable of(String setting, Map<String, List<String>> table) {
        if (table.values().stream().mapToInt(List::size).sum() > MAX_ROWS) {
            throw new InvalidSettingException(setting, table.size() + " values", "write at most " + MAX_ROWS + " rows");
        }
        return new RoleTable(table.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        row -> row.getValue().stream()
                                .map(path -> segments(setting + " " + row.getKey(), path))
                                .collect(Collectors.toUnmodifiableSet()))));
    }

    /** Every group that the table names: those that it gives, and takes away. */
    Set<List<String>> mapped() {
        return paths(rows.keySet());
    }

    /** The groups for these values; values that are not in the table give none. */
    Set<List<String>> given(Collection<String> values) {
        return paths(values);
    }

    private Set<List<String>> paths(Collection<String> values) {
        Set<List<String>> paths = new HashSet<>();
        values.forEach(value -> paths.addAll(rows.getOrDefault(value, Set.of())));
        return paths;
    }

    private static List<String> segments(String setting, String path) {
        List<String> segments = Arrays.stream(path.trim().split("/", -1))
                .map(String::trim)
                .filter(segment -> !segment.isEmpty())
                .toList();
        if (segments.isEmpty()) {
            throw new InvalidSettingException(
                    setting,
                    path,
                    "write the path of a group of the organization, such as officers or /staff/officers");
        }
        return segments;
    }
}
