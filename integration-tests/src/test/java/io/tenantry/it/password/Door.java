package io.tenantry.it.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
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
        String change(DoorsRealm realm, TestUser user, String password) {
            return Lenders.refusal(user.resetPassword(password));
        }
    },
    ADMIN_UPDATES_THE_USER {
        @Override
        String change(DoorsRealm realm, TestUser user, String password) {
            Map<String, Object> representation = new HashMap<>(user.representation());
            representation.put("credentials", List.of(plain(password)));
            // Stock keeps what was raised at an earlier login unless the update takes it away
            representation.put("requiredActions", List.of());
            return Lenders.refusal(
                    realm.lenders.realm.admin().body(representation).put("/users/{id}", user.id()));
        }
    },
    ADMIN_CREATES_THE_USER {
        @Override
        String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
            return Lenders.refusal(create(realm, newUser(tenants, plain(password))));
        }

        @Override
        void bring(DoorsRealm realm, Map<String, Object> user) {
            assertThat(create(realm, user).statusCode()).isEqualTo(201);
        }

        private Response create(DoorsRealm realm, Map<String, Object> user) {
            return realm.lenders.realm.admin().body(user).post("/users");
        }
    },
    USER_IMPORT {
        @Override
        String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
            return Lenders.refusal(create(realm, newUser(tenants, plain(password))));
        }

        @Override
        void bring(DoorsRealm realm, Map<String, Object> user) {
            assertThat(create(realm, user).statusCode()).isEqualTo(200);
        }

        private Response create(DoorsRealm realm, Map<String, Object> user) {
            return realm.lenders
                    .realm
                    .admin()
                    .body(Map.of("ifResourceExists", "FAIL", "users", List.of(user)))
                    .post("/partialImport");
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
    },
    /** The first tenant is the one that the application asks for, the second that of the email address. */
    REGISTRATION_FOR_THE_TENANT_IN_THE_SCOPE {
        @Override
        String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
            Page form = realm.register("openid organization:" + tenants.get(0).alias());
            String name = Lenders.name("new");
            Map<String, String> fields =
                    registration(name + "@" + domain(tenants.subList(1, tenants.size())), password);
            fields.put("username", name);
            return stillAsked(form.submit(fields), "password");
        }
    },
    /** The first tenant invites, the second is that of the email address. */
    INVITATION {
        @Override
        String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
            String name = Lenders.name("invited");
            String email = name + "@" + domain(tenants.subList(1, tenants.size()));
            realm.invite(tenants.get(0), email);
            Map<String, String> fields = registration(email, password);
            fields.put("username", name);
            return stillAsked(new Browser().open(realm.linkInMail(email)).submit(fields), "password");
        }
    },
    REQUIRED_ACTION {
        @Override
        String change(DoorsRealm realm, TestUser user, String password) {
            user.update(Map.of("requiredActions", List.of("UPDATE_PASSWORD")));
            LoginAttempt attempt =
                    realm.lenders.app.open(new Browser(), "openid").credentials(user, DoorsRealm.FIRST_PASSWORD);
            return type(attempt.page(), password);
        }
    },
    ACCOUNT_CONSOLE {
        @Override
        String change(DoorsRealm realm, TestUser user, String password) {
            // The console sends its users here; the password page is the login pages' own
            LoginAttempt attempt = realm.lenders
                    .app
                    .open(new Browser(), "openid", Map.of("kc_action", "UPDATE_PASSWORD"))
                    .credentials(user, DoorsRealm.FIRST_PASSWORD);
            return type(attempt.page(), password);
        }
    },
    RESET_BY_EMAIL {
        @Override
        String change(DoorsRealm realm, TestUser user, String password) {
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
            return type(browser.open(realm.linkInMail(user.username() + "@example.test")), password);
        }
    },
    FIRST_BROKER_LOGIN {
        @Override
        String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
            return type(realm.firstLoginThroughABroker(domain(tenants)), password);
        }
    };

    /** Somebody enters a password here: who is new, or, where this door is for users only, one of them. */
    String enter(DoorsRealm realm, List<TestOrg> tenants, String password) {
        return change(realm, realm.userWithPassword(tenants), password);
    }

    /** A user whose password is {@link DoorsRealm#FIRST_PASSWORD} changes it here. */
    String change(DoorsRealm realm, TestUser user, String password) {
        throw new UnsupportedOperationException(this + " is for new users");
    }

    /** A new user comes in whose password is hashed. */
    void bring(DoorsRealm realm, Map<String, Object> user) {
        throw new UnsupportedOperationException(this + " takes no hashes");
    }

    /** A new user of these tenants by its email address, with the credential. */
    static Map<String, Object> newUser(List<TestOrg> tenants, Map<String, String> credential) {
        String name = Lenders.name("new");
        return new HashMap<>(Map.of(
                "username",
                name,
                "email",
                name + "@" + domain(tenants),
                "firstName",
                "First",
                "lastName",
                "Last",
                "enabled",
                true,
                "credentials",
                List.of(credential)));
    }

    private static String domain(List<TestOrg> tenants) {
        return tenants.isEmpty() ? "elsewhere.test" : tenants.get(0).alias() + ".example";
    }

    private static Map<String, String> plain(String password) {
        return Map.of("type", "password", "value", password);
    }

    private static Map<String, String> registration(String email, String password) {
        return new HashMap<>(Map.of(
                "email", email,
                "firstName", "First",
                "lastName", "Last",
                "password", password,
                "password-confirm", password));
    }

    private static String type(Page page, String password) {
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
