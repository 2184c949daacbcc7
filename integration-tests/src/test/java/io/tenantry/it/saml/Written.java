package io.tenantry.it.saml;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything in a realm that a sign-in writes: accounts with their addresses, links, memberships, groups, sessions. Two
 * are equal if nothing was written between them.
 */
record Written(Map<String, Object> state) {

    static Written in(Brokering realm) {
        Map<String, Object> state = new TreeMap<>();
        List<Map<String, Object>> users = realm.get("/users?max=500&briefRepresentation=false");
        for (Map<String, Object> user : users) {
            String id = (String) user.get("id");
            List<Map<String, Object>> links = realm.get("/users/" + id + "/federated-identity");
            List<Map<String, Object>> sessions = realm.get("/users/" + id + "/sessions");
            state.put(
                    "user " + id,
                    List.of(
                            String.valueOf(user.get("username")),
                            String.valueOf(user.get("email")),
                            String.valueOf(user.get("emailVerified")),
                            links.stream()
                                    .map(link -> link.get("identityProvider") + "=" + link.get("userId"))
                                    .sorted()
                                    .toList(),
                            sessions.stream()
                                    .map(session -> String.valueOf(session.get("id")))
                                    .sorted()
                                    .toList()));
        }
        for (Map<String, Object> organization : realm.<Map<String, Object>>get("/organizations")) {
            String id = (String) organization.get("id");
            List<Map<String, Object>> members = realm.get("/organizations/" + id + "/members?max=500");
            state.put(
                    "members " + organization.get("alias"),
                    members.stream()
                            .map(member -> String.valueOf(member.get("username")))
                            .sorted()
                            .toList());
            List<Map<String, Object>> groups = realm.get("/organizations/" + id + "/groups");
            for (Map<String, Object> group : groups) {
                List<Map<String, Object>> inGroup =
                        realm.get("/organizations/" + id + "/groups/" + group.get("id") + "/members");
                state.put(
                        "group " + organization.get("alias") + '/' + group.get("name"),
                        inGroup.stream()
                                .map(member -> String.valueOf(member.get("username")))
                                .sorted()
                                .toList());
            }
        }
        return new Written(state);
    }
}
