package io.tenantry.revocation;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What operators should know of a realm though it is published: what the drainer noticed when it last looked. */
public final class RealmNotices {
    /** What can be amiss. */
    public enum Notice {
        /** Another installation publishes under the same prefix and realm. */
        CONTESTED,
        /** The watermark lies ahead of this node's clock. */
        CLOCK_AHEAD,
        /** This node's clock has jumped. */
        CLOCK_STEPPED,
        /** Rows of the table that this version cannot read. */
        UNREADABLE_ROWS,
        /** Entries that nobody could read were taken out of the stream. */
        STRAYS
    }

    private final Map<String, Map<Notice, String>> byRealm = new ConcurrentHashMap<>();

    /** Says it until it is taken back. */
    public void say(String realm, Notice notice, String text) {
        byRealm.compute(realm, (name, known) -> with(known, notice, text));
    }

    /** Takes it back. */
    public void unsay(String realm, Notice notice) {
        byRealm.computeIfPresent(realm, (name, known) -> {
            Map<Notice, String> left = new EnumMap<>(known);
            left.remove(notice);
            return left.isEmpty() ? null : left;
        });
    }

    /** What there is to say of a realm. */
    public List<String> of(String realm) {
        return List.copyOf(byRealm.getOrDefault(realm, Map.of()).values());
    }

    /** Forgets realms that are none any more. */
    public void retain(Collection<String> realms) {
        byRealm.keySet().retainAll(realms);
    }

    private static Map<Notice, String> with(@Nullable Map<Notice, String> known, Notice notice, String text) {
        Map<Notice, String> all = new EnumMap<>(Notice.class);
        if (known != null) {
            all.putAll(known);
        }
        all.put(notice, text);
        return all;
    }
}
