package io.tenantry.revocation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The resource path of an admin event, such as {@code users/{id}/role-mappings/realm}; empty where the event has none.
 *
 * @param segments in order
 */
record AdminPath(List<String> segments) {
    static AdminPath of(@Nullable String path) {
        return new AdminPath(path == null || path.isEmpty() ? List.of() : List.of(path.split("/", -1)));
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    boolean isExactly(String path) {
        return String.join("/", segments).equals(path);
    }

    /** The segment that follows the named one, or null if there is none or it is empty. */
    @Nullable String after(String name) {
        int index = segments.indexOf(name) + 1;
        return index == 0 || index >= segments.size() || segments.get(index).isEmpty() ? null : segments.get(index);
    }

    /** What follows {@link #after(String)}. */
    List<String> rest(String name) {
        int start = segments.indexOf(name) + 2;
        return start == 1 || start >= segments.size() ? List.of() : segments.subList(start, segments.size());
    }
}
