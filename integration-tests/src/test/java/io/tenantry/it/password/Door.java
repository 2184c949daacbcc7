package io.tenantry.it.password;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestUser;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A way for a password to come in. Each answers with the refusal's text, empty if the password was taken. */
enum Door {
    ADMIN_SETS_IT {
        @Override
        String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
            return Lenders.refusal(
                    realm.lenders.user(tenants.toArray(TestOrg[]::new)).resetPassword(password));
        }
    },
    ADMIN_CREATES_THE_USER {
        @Override
        String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
            return Lenders.refusal(
                    realm.lenders.realm.admin().body(newUser(tenants, password)).post("/users"));
        }

        @Override
        int mostTenants() {
            return 1;
        }
    },
    USER_IMPORT {
        @Override
        String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
            return Lenders.refusal(realm.lenders
                    .realm
                    .admin()
                    .body(Map.of("ifResourceExists", "FAIL", "users", List.of(newUser(tenants, password))))
                    .post("/partialImport"));
        }

        /** Stock answers any password that it refuses with an error 500 that says nothing. */
        @Override
        boolean saysWhy() {
            return false;
        }

        @Override
        int mostTenants() {
            return 1;
        }
    },
    REGISTRATION {
        @Override
        String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
            Page form = realm.register();
            String name = Lenders.name("new");
            Map<String, String> fields = registration(name + "@" + domain(tenants), password);
            fields.put("username", name);
            return stillAsked(form.submit(fields), "password");
        }

        @Override
        int mostTenants() {
            return 1;
        }
    },
    REGISTRATION_WITH_EMAIL_AS_USERNAME {
        @Override
        String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
            realm.lenders.realm.update(Map.of("registrationEmailAsUsername", true));
            try {
                Page form = realm.register();
                return stillAsked(
                        form.submit(registration(Lenders.name("new") + "@" + domain(tenants), password)), "password");
            } finally {
                realm.lenders.realm.update(Map.of("registrationEmailAsUsername", false));
            }
        }

        @Override
        int mostTenants() {
            return 1;
        }
    },
    INVITATION {
        @Override
        String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
            String name = Lenders.name("invited");
            String email = name + "@elsewhere.test";
            realm.invite(tenants.get(0), email);
            Map<String, String> fields = registration(email, password);
            fields.put("username", name);
            return stillAsked(new Browser().open(realm.linkInMail(email)).submit(fields), "password");
        }

        @Override
        int mostTenants() {
            return 1;
        }

        @Override
        int fewestTenants() {
            return 1;
        }
    },
    REQUIRED_ACTION {
        @Override
        String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
            TestUser user = realm.userWithPassword(tenants);
            user.update(Map.of("requiredActions", List.of("UPDATE_PASSWORD")));
            LoginAttempt attempt =
                    realm.lenders.app.open(new Browser(), "openid").credentials(user, DoorsRealm.FIRST_PASSWORD);
            return change(attempt.page(), password);
        }
    },
    ACCOUNT_CONSOLE {
        @Override
        String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
            TestUser user = realm.userWithPassword(tenants);
            // The console sends its users here; the password page is the login pages' own
            LoginAttempt attempt = realm.lenders
                    .app
                    .open(new Browser(), "openid", Map.of("kc_action", "UPDATE_PASSWORD"))
                    .credentials(user, DoorsRealm.FIRST_PASSWORD);
            return change(attempt.page(), password);
        }
    },
    RESET_BY_EMAIL {
        @Override
        String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
            TestUser user = realm.userWithPassword(tenants);
            Browser browser = new Browser();
            LoginAttempt attempt = realm.lenders.app.open(browser, "openid");
            if (!attempt.page().hasField("password")) {
                attempt = attempt.submit(Map.of("username", user.username()));
            }
            String forgotten = attempt.page()
                    .document()
                    .select("a[href*=reset-credentials]")
                    .first()
                    .absUrl("href");
            browser.open(URI.create(forgotten)).submit(Map.of("username", user.username()));
            return change(browser.open(realm.linkInMail(user.username() + "@example.test")), password);
        }
    },
    FIRST_BROKER_LOGIN {
        @Override
        String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
            return change(realm.firstLoginThroughABroker(domain(tenants)), password);
        }

        @Override
        int mostTenants() {
            return 1;
        }
    };

    abstract String enter(DoorsRealm realm, List<TestOrg> tenants, String password);

    /** Where a person can be told apart by the email domain only, there is one tenant. */
    int mostTenants() {
        return 2;
    }

    int fewestTenants() {
        return 0;
    }

    boolean saysWhy() {
        return true;
    }

    private static String domain(List<TestOrg> tenants) {
        return tenants.isEmpty() ? "elsewhere.test" : tenants.get(0).alias() + ".example";
    }

    private static Map<String, Object> newUser(List<TestOrg> tenants, String password) {
        String name = Lenders.name("new");
        return new HashMap<>(Map.of(
                "username",
                name,
                "email",
                name + "@" + domain(tenants),
                "enabled",
                true,
                "credentials",
                List.of(Map.of("type", "password", "value", password))));
    }

    private static Map<String, String> registration(String email, String password) {
        return new HashMap<>(Map.of(
                "email", email,
                "firstName", "First",
                "lastName", "Last",
                "password", password,
                "password-confirm", password));
    }

    private static String change(Page page, String password) {
        return stillAsked(page.submit(Map.of("password-new", password, "password-confirm", password)), "password-new");
    }

    /** The page's text if it asks for the password again. */
    private static String stillAsked(Page after, String field) {
        if (after.hasField(field)) {
            return after.text();
        }
        if (after.status() >= 400) {
            throw new AssertionError(after + ": " + after.text());
        }
        return "";
    }
}
