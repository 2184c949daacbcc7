package io.tenantry.it;

import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;

/** A group of a {@link TestOrg}, which gives its members roles in that tenant. */
public record TestOrgGroup(TestOrg org, String id, String name) {
    /** Maps a realm role, created where it does not exist. */
    public TestOrgGroup realmRole(String role) {
        TestRealm realm = org.realm();
        if (realm.admin().get("/roles/{role}", role).statusCode() == 404) {
            realm.role(role);
        }
        Map<String, Object> representation = realm.admin()
                .get("/roles/{role}", role)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
        admin().body(List.of(representation))
                .post("/role-mappings/realm")
                .then()
                .statusCode(204);
        return this;
    }

    /** Takes a realm role away again. */
    public TestOrgGroup withoutRealmRole(String role) {
        Map<String, Object> representation = org.realm()
                .admin()
                .get("/roles/{role}", role)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
        admin().body(List.of(representation))
                .delete("/role-mappings/realm")
                .then()
                .statusCode(204);
        return this;
    }

    /** Puts a member of the organization into it. */
    public TestOrgGroup add(TestUser user) {
        admin().put("/members/{user}", user.id()).then().statusCode(204);
        return this;
    }

    /** Takes a member out of it. */
    public TestOrgGroup remove(TestUser user) {
        admin().delete("/members/{user}", user.id()).then().statusCode(204);
        return this;
    }

    /** A new group below it. */
    public TestOrgGroup child(String childName) {
        String child = Created.id(admin().body(Map.of("name", childName)).post("/children"));
        return new TestOrgGroup(org, child, childName);
    }

    /** The admin API with paths relative to this group. */
    public RequestSpecification admin() {
        String realm = org.realm().name();
        return org.realm().admin().basePath("/admin/realms/" + realm + "/organizations/" + org.id() + "/groups/" + id);
    }
}
