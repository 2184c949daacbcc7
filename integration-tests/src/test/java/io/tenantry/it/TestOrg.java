package io.tenantry.it;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An organization of a {@link TestRealm}. */
public record TestOrg(TestRealm realm, String id, String alias) {
    /** Sets an attribute to these values. */
    public TestOrg attribute(String name, String... values) {
        Map<String, Object> attributes = new HashMap<>();
        if (representation().get("attributes") instanceof Map<?, ?> present) {
            present.forEach((key, value) -> attributes.put((String) key, value));
        }
        attributes.put(name, List.of(values));
        return update(Map.of("attributes", attributes));
    }

    /** Changes fields of its representation, such as {@code enabled}. */
    public TestOrg update(Map<String, ?> fields) {
        Map<String, Object> organization = new HashMap<>(representation());
        organization.putAll(fields);
        realm.admin().body(organization).put("/organizations/{id}", id).then().statusCode(204);
        return this;
    }

    /** As the admin API shows it, with attributes. */
    public Map<String, Object> representation() {
        return realm.admin()
                .get("/organizations/{id}", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
    }

    /** Makes a user (or service account) a member. */
    public TestOrg add(TestUser user) {
        return addMember(user.id());
    }

    /** Makes the user with this id a member. */
    public TestOrg addMember(String userId) {
        realm.admin()
                .body('"' + userId + '"')
                .post("/organizations/{id}/members", id)
                .then()
                .statusCode(201);
        return this;
    }

    /** Ends the membership. */
    public TestOrg remove(TestUser user) {
        realm.admin()
                .delete("/organizations/{id}/members/{user}", id, user.id())
                .then()
                .statusCode(204);
        return this;
    }

    /** Makes an identity provider of the realm one of this organization's. */
    public TestOrg linkProvider(String provider) {
        realm.admin()
                .body('"' + provider + '"')
                .post("/organizations/{id}/identity-providers", id)
                .then()
                .statusCode(204);
        return this;
    }

    /** Takes it away again. */
    public TestOrg unlinkProvider(String provider) {
        realm.admin()
                .delete("/organizations/{id}/identity-providers/{alias}", id, provider)
                .then()
                .statusCode(204);
        return this;
    }

    /** A new group of this organization. */
    public TestOrgGroup group(String name) {
        String group = Created.id(realm.admin().body(Map.of("name", name)).post("/organizations/{id}/groups", id));
        return new TestOrgGroup(this, group, name);
    }

    /** Deletes it. */
    public void delete() {
        realm.admin().delete("/organizations/{id}", id).then().statusCode(204);
    }
}
