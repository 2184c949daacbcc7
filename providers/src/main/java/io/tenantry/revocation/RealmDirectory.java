package io.tenantry.revocation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The realm as it stands after an admin's change: what the change's event leaves out. */
public interface RealmDirectory {
    /**
     * The realm itself.
     *
     * @param notBefore in epoch seconds, 0 for none
     * @param tenantsOff whether it has organizations that are switched off
     */
    record RealmState(boolean enabled, int notBefore, boolean tenantsOff) {}

    /**
     * A client.
     *
     * @param notBefore in epoch seconds, 0 for none
     */
    record ClientState(String clientId, boolean enabled, int notBefore) {}

    /** An organization. */
    record OrganizationState(String alias, boolean enabled) {}

    /** The realm. */
    RealmState realm();

    /** The client with this internal id, or null if there is none. */
    @Nullable ClientState client(String id);

    /** The organization with this id, or null if there is none. */
    @Nullable OrganizationState organization(String id);

    /** The users in a group of the realm or below it, by id; null if they are too many to name. */
    @Nullable List<String> groupMembers(String id);

    /** Whether there is a user with this id, and disabled. */
    boolean isUserDisabled(String id);
}
