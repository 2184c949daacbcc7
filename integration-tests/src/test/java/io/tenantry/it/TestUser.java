package io.tenantry.it;

import io.restassured.response.Response;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A user of a {@link TestRealm}.
 *
 * @param id the {@code sub} of its tokens
 */
public record TestUser(TestRealm realm, String id, String username) {
    /** Every test user's first password; strong enough for the policies that tests set. */
    public static final String PASSWORD = "Correct-Horse-7-Battery";

    /** Changes fields of its representation, such as {@code enabled}. */
    public TestUser update(Map<String, ?> fields) {
        Map<String, Object> user = new HashMap<>(representation());
        user.putAll(fields);
        realm.admin().body(user).put("/users/{id}", id).then().statusCode(204);
        return this;
    }

    /** As the admin API shows it. */
    public Map<String, Object> representation() {
        return realm.admin()
                .get("/users/{id}", id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
    }

    /** The administrator sets a password; the caller looks at the answer, which may be a refusal. */
    public Response resetPassword(String password) {
        return realm.admin()
                .body(Map.of("type", "password", "value", password, "temporary", false))
                .put("/users/{id}/reset-password", id);
    }

    /** Gives it roles of the client {@code realm-management}. */
    public TestUser manages(Collection<String> roles) {
        String client = realm.admin()
                .get("/clients?clientId=realm-management")
                .jsonPath()
                .getString("[0].id");
        List<Map<String, Object>> representations = roles.stream()
                .map(role -> realm.admin()
                        .get("/clients/{id}/roles/{role}", client, role)
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .<String, Object>getMap(""))
                .toList();
        realm.admin()
                .body(representations)
                .post("/users/{id}/role-mappings/clients/{client}", id, client)
                .then()
                .statusCode(204);
        return this;
    }

    /** Ends all its sessions. */
    public void logout() {
        realm.admin().post("/users/{id}/logout", id).then().statusCode(204);
    }

    /** Deletes it. */
    public void delete() {
        realm.admin().delete("/users/{id}", id).then().statusCode(204);
    }
}
