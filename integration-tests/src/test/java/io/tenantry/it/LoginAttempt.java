package io.tenantry.it;

import io.tenantry.stack.browser.Page;
import java.util.Map;

/**
 * A sign-in in one browser tab, page by page, for tests that look at the pages or stop half-way.
 *
 * @param page what the tab shows now
 */
public record LoginAttempt(TestClient client, Pkce pkce, Page page) {
    private static final int MAX_PAGES = 4;
    private static final String USERNAME = "username";
    private static final String PASSWORD = "password";

    /**
     * Goes on to the application, answering what it is asked in the order in which the server asks: stock asks for the
     * username, then for the organization where there are several, then for the password.
     *
     * @param organization the alias to choose if asked
     */
    public LoginAttempt complete(TestUser user, String password, String organization) {
        LoginAttempt attempt = this;
        for (int pages = 0; pages < MAX_PAGES && !attempt.atApplication(); pages++) {
            attempt = attempt.answer(user, password, organization);
        }
        return attempt;
    }

    /** Fills in the username and password, on one page or on two as the server asks. */
    public LoginAttempt credentials(TestUser user, String password) {
        if (page.hasField(USERNAME) && page.hasField(PASSWORD)) {
            return submit(Map.of(USERNAME, user.username(), PASSWORD, password));
        }
        if (page.hasField(USERNAME)) {
            return submit(Map.of(USERNAME, user.username())).credentials(user, password);
        }
        return submit(Map.of(PASSWORD, password));
    }

    /** Chooses the organization on the page that offers several. */
    public LoginAttempt organization(String alias) {
        return submit(Map.of(TestClient.ORGANIZATION_FIELD, alias));
    }

    /** Submits the form that has these fields. */
    public LoginAttempt submit(Map<String, String> fields) {
        return new LoginAttempt(client, pkce, page.submit(fields));
    }

    /** Whether the tab is back at the application, with a code or an error. */
    public boolean atApplication() {
        return page.uri().toString().startsWith(TestClient.REDIRECT_URI);
    }

    /** Exchanges the code. */
    public Tokens tokens() {
        String code = page.parameter("code")
                .orElseThrow(() -> new AssertionError(
                        "no code: the browser is at " + page + " " + page.uri() + ", which says: " + page.text()));
        return client.token(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                TestClient.REDIRECT_URI,
                "code_verifier",
                pkce.verifier()));
    }

    private LoginAttempt answer(TestUser user, String password, String organization) {
        if (page.hasField(TestClient.ORGANIZATION_FIELD)) {
            return organization(organization);
        }
        if (page.hasField(USERNAME) && !page.hasField(PASSWORD)) {
            return submit(Map.of(USERNAME, user.username()));
        }
        return credentials(user, password);
    }
}
