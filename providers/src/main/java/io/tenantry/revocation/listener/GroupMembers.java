package io.tenantry.revocation.listener;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Lists who is in a group of the realm or below it, since groups hand their roles down. */
final class GroupMembers {
    /** Each is a row and an entry of the stream; with more, one for all of the realm costs less. */
    static final int MOST = 500;

    private GroupMembers() {}

    /** Their ids; null if they are more than {@value #MOST}. */
    static @Nullable List<String> of(KeycloakSession session, RealmModel realm, GroupModel group) {
        Set<String> members = new LinkedHashSet<>();
        return add(session, realm, group, members) ? List.copyOf(members) : null;
    }

    private static boolean add(KeycloakSession session, RealmModel realm, GroupModel group, Set<String> members) {
        session.users().getGroupMembersStream(realm, group, 0, MOST + 1).forEach(member -> members.add(member.getId()));
        return members.size() <= MOST
                && group.getSubGroupsStream().allMatch(child -> add(session, realm, child, members));
    }
}
