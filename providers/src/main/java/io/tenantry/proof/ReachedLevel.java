package io.tenantry.proof;

import java.util.List;
import org.keycloak.models.UserSessionModel;

/**
 * A level of authentication that was reached in a session by what counts for some tenants, as a note of ours has it; again
 * by the same, in place of the former.
 *
 * @param time in epoch seconds, as Keycloak's note has it
 */
record ReachedLevel(int level, int time, Trust trust) {
    private static final String NOTE = "tenantry.level:";
    private static final String SEPARATOR = ":";

    /** Those that the session holds. */
    static List<ReachedLevel> of(UserSessionModel userSession) {
        return userSession.getNotes().entrySet().stream()
                .filter(note -> note.getKey().startsWith(NOTE))
                .map(note -> {
                    String[] parts = note.getKey().substring(NOTE.length()).split(SEPARATOR, 2);
                    return new ReachedLevel(
                            Integer.parseInt(parts[0]), Integer.parseInt(note.getValue()), Trust.parse(parts[1]));
                })
                .toList();
    }

    void write(UserSessionModel userSession) {
        userSession.setNote(NOTE + level + SEPARATOR + trust.text(), Integer.toString(time));
    }

    boolean sameMoment(ReachedLevel other) {
        return level == other.level && time == other.time;
    }
}
