package io.tenantry.it.token;

import io.tenantry.it.TestRealm;
import java.util.List;
import java.util.Map;

/** A browser flow as the documentation tells to build it: sign-in in one required part, {@code tenant-access} last. */
final class TenantFlow {
    private static final String TOP = "browser-with-tenants";
    private static final String AFTER_BROKER = "after-broker";
    private static final String SIGN_IN = "sign-in";
    private static final String FORMS = "sign-in-forms";

    private final TestRealm realm;

    private TenantFlow(TestRealm realm) {
        this.realm = realm;
    }

    /** Makes it the realm's browser flow. */
    static void install(TestRealm realm) {
        TenantFlow flow = new TenantFlow(realm);
        flow.frame();
        flow.execution(FORMS, "auth-username-password-form", "REQUIRED");
        realm.update(Map.of("browserFlow", TOP));
    }

    /** The same with a second level of authentication: the password once more. */
    static void installWithLevels(TestRealm realm) {
        TenantFlow flow = new TenantFlow(realm);
        flow.frame();
        flow.subflow(FORMS, "level-1", "CONDITIONAL");
        flow.level("level-1", 1);
        flow.execution("level-1", "auth-username-password-form", "REQUIRED");
        flow.subflow(FORMS, "level-2", "CONDITIONAL");
        flow.level("level-2", 2);
        flow.execution("level-2", "auth-password-form", "REQUIRED");
        realm.update(Map.of("browserFlow", TOP));
    }

    /** Adds {@code tenant-access} to a copy of the direct grant flow and makes it the realm's. */
    static void installDirectGrant(TestRealm realm) {
        realm.admin()
                .body(Map.of("newName", "direct-with-tenants"))
                .post("/authentication/flows/direct grant/copy")
                .then()
                .statusCode(201);
        new TenantFlow(realm).execution("direct-with-tenants", "tenant-access", "REQUIRED");
        realm.update(Map.of("directGrantFlow", "direct-with-tenants"));
    }

    /** A flow for after a sign-in through an identity provider; returns its alias. */
    static String afterBroker(TestRealm realm) {
        TenantFlow flow = new TenantFlow(realm);
        flow.create(AFTER_BROKER);
        flow.execution(AFTER_BROKER, "tenant-access", "REQUIRED");
        return AFTER_BROKER;
    }

    private void create(String alias) {
        realm.admin()
                .body(Map.of("alias", alias, "providerId", "basic-flow", "topLevel", true, "builtIn", false))
                .post("/authentication/flows")
                .then()
                .statusCode(201);
    }

    private void frame() {
        create(TOP);
        subflow(TOP, SIGN_IN, "REQUIRED");
        execution(TOP, "tenant-access", "REQUIRED");
        execution(SIGN_IN, "auth-cookie", "ALTERNATIVE");
        execution(SIGN_IN, "organization", "ALTERNATIVE");
        subflow(SIGN_IN, FORMS, "ALTERNATIVE");
    }

    private void level(String flow, int level) {
        String condition = execution(flow, "conditional-level-of-authentication", "REQUIRED");
        realm.admin()
                .body(Map.of(
                        "alias",
                        flow,
                        "config",
                        Map.of("loa-condition-level", Integer.toString(level), "loa-max-age", "3600")))
                .post("/authentication/executions/{id}/config", condition)
                .then()
                .statusCode(201);
    }

    private void subflow(String parent, String alias, String requirement) {
        realm.admin()
                .body(Map.of("alias", alias, "type", "basic-flow", "provider", "", "description", ""))
                .post("/authentication/flows/{flow}/executions/flow", parent)
                .then()
                .statusCode(201);
        require(parent, requirement);
    }

    private String execution(String parent, String provider, String requirement) {
        realm.admin()
                .body(Map.of("provider", provider))
                .post("/authentication/flows/{flow}/executions/execution", parent)
                .then()
                .statusCode(201);
        return require(parent, requirement);
    }

    /** Sets the requirement of the one added last, and tells its id. */
    private String require(String parent, String requirement) {
        List<Map<String, Object>> executions = realm.admin()
                .get("/authentication/flows/{flow}/executions", parent)
                .jsonPath()
                .getList("");
        Map<String, Object> last = executions.stream()
                .filter(execution -> Integer.valueOf(0).equals(execution.get("level")))
                .reduce((first, second) -> second)
                .orElseThrow();
        last.put("requirement", requirement);
        realm.admin()
                .body(last)
                .put("/authentication/flows/{flow}/executions", parent)
                .then()
                .statusCode(204);
        return (String) last.get("id");
    }
}
