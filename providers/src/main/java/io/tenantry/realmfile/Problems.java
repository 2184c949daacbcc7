package io.tenantry.realmfile;

import java.util.ArrayList;
import java.util.List;

/** Where the rules put what they find. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();

    void add(Place place, String what, String remedy) {
        found.add(new Problem(place.path(), what, remedy));
    }

    void must(boolean holds, Place place, String what, String remedy) {
        if (!holds) {
            add(place, what, remedy);
        }
    }

    List<Problem> all() {
        return List.copyOf(found);
    }
}
