package io.tenantry.it.saml;

import io.tenantry.it.LoginAttempt;
import io.tenantry.it.Tokens;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A sign-in that waits for an identity provider's answer.
 *
 * @param requestId the id of the AuthnRequest
 */
record Asked(Brokering realm, Browser browser, HandIdp idp, LoginAttempt attempt, String relayState, String requestId) {

    /** The sound answer of the provider that was asked. */
    HandBuilt answer(String person) {
        return new HandBuilt(idp, realm.endpoint(idp.alias()), realm.realm().issuer(), requestId, person);
    }

    Page send(HandBuilt response) {
        return send(response.encoded());
    }

    Page send(String encoded) {
        return sendTo(realm.endpoint(idp.alias()), encoded);
    }

    Page sendTo(String endpoint, String encoded) {
        String form = "SAMLResponse=" + URLEncoder.encode(encoded, StandardCharsets.UTF_8) + "&RelayState="
                + URLEncoder.encode(relayState, StandardCharsets.UTF_8);
        return browser.post(URI.create(endpoint), form);
    }

    /** The tokens, once the browser is back at the application. */
    Tokens tokens(Page page) {
        return new LoginAttempt(attempt.client(), attempt.pkce(), page).tokens();
    }
}
