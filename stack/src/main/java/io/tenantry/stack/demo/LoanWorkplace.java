package io.tenantry.stack.demo;

import io.tenantry.stack.Form;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The public client {@code lending-spa}: the authorization code flow with PKCE, and the logout that it starts. */
final class LoanWorkplace {
    static final String CLIENT_ID = "lending-spa";

    private static final String ORIGIN = "http://localhost:5173";
    private static final int MAX_PAGES = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final URI issuer;
    private final Http http;

    LoanWorkplace(URI issuer, Http http) {
        this.issuer = issuer;
        this.http = http;
    }

    /** Signs in for the tenant that is chosen on the page where the user is of several. */
    Session signIn(Browser browser, Account account, String tenant) {
        String state = random();
        String verifier = random();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", CLIENT_ID);
        query.put("response_type", "code");
        query.put("redirect_uri", ORIGIN + "/callback");
        query.put("scope", "openid organization");
        query.put("state", state);
        query.put("code_challenge", sha256(verifier));
        query.put("code_challenge_method", "S256");
        Page page = browser.open(endpoint("auth", query));
        for (int pages = 0; pages < MAX_PAGES && !atApplication(page); pages++) {
            page = answer(page, account, tenant);
        }
        String code = page.parameter("code").orElse(null);
        if (code == null || !atApplication(page)) {
            throw new StepFailedException(
                    "no code came back; the browser is at " + page + " and shows: " + page.text());
        }
        if (!state.equals(page.parameter("state").orElse(""))) {
            throw new StepFailedException("the state came back changed");
        }
        Http.Answer tokens = http.postForm(
                endpoint("token", Map.of()),
                Map.of(
                        "grant_type", "authorization_code",
                        "client_id", CLIENT_ID,
                        "code", code,
                        "redirect_uri", ORIGIN + "/callback",
                        "code_verifier", verifier));
        return new Session(tokens.text("access_token"), tokens.text("id_token"));
    }

    /** Ends the single sign-on session (RP-initiated logout); returns when Keycloak has answered. */
    Page signOut(Browser browser, Session session) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", CLIENT_ID);
        query.put("id_token_hint", session.idToken());
        query.put("post_logout_redirect_uri", ORIGIN + "/");
        return browser.open(endpoint("logout", query));
    }

    boolean atApplication(Page page) {
        return page.uri().toString().startsWith(ORIGIN);
    }

    private static Page answer(Page page, Account account, String tenant) {
        if (page.hasField("kc.org")) {
            return page.submit(Map.of("kc.org", tenant));
        }
        Map<String, String> fields = new LinkedHashMap<>();
        if (page.hasField("username")) {
            fields.put("username", account.username());
        }
        if (page.hasField("password")) {
            fields.put("password", account.password());
        }
        return page.submit(fields);
    }

    private URI endpoint(String name, Map<String, String> query) {
        String address = issuer + "/protocol/openid-connect/" + name;
        return URI.create(query.isEmpty() ? address : address + '?' + Form.encode(query));
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String sha256(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JRE has SHA-256", e);
        }
    }
}
