package io.tenantry.it.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.tenantry.it.LoginAttempt;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A realm with every door open: registration, email, and a broker to another realm. */
final class DoorsRealm implements AutoCloseable {
    /** Good for every lender here whose rules can be used. */
    static final String FIRST_PASSWORD = "First-Harvest-1999!";

    private static final Pattern LINK = Pattern.compile("https?://[^\\s\"<>]+(?:action-token|token=)[^\\s\"<>]*");

    final Lenders lenders;
    final TestRealm corporate;
    private final GreenMail mail;

    DoorsRealm(TestServer server) {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        lenders = new Lenders(
                server,
                Map.of(
                        "registrationAllowed",
                        true,
                        "resetPasswordAllowed",
                        true,
                        "smtpServer",
                        Map.of(
                                "host",
                                "127.0.0.1",
                                "port",
                                Integer.toString(mail.getSmtp().getPort()),
                                "from",
                                "idp@lending.test")));
        corporate = server.createRealm(Map.of("passwordPolicy", Lenders.CHEAP_HASH));
        broker();
    }

    Page register() {
        return register("openid");
    }

    Page register(String scope) {
        Browser browser = new Browser();
        Page login = lenders.app.open(browser, scope).page();
        return browser.open(URI.create(
                login.document().select("a[href*=registration]").first().absUrl("href")));
    }

    TestUser userWithPassword(List<TestOrg> tenants) {
        TestUser user = lenders.user(Map.of());
        assertThat(user.resetPassword(FIRST_PASSWORD).statusCode()).isEqualTo(204);
        tenants.forEach(tenant -> tenant.add(user));
        return user;
    }

    /** The same, but so old that it has outlived the rules of any lender here that limits its life. */
    TestUser userWithExpiredPassword(List<TestOrg> tenants) {
        TestUser user = lenders.user(Map.of("credentials", List.of(OldPassword.credential(FIRST_PASSWORD))));
        tenants.forEach(tenant -> tenant.add(user));
        return user;
    }

    void invite(TestOrg tenant, String email) {
        lenders.realm
                .admin()
                .contentType("application/x-www-form-urlencoded")
                .formParam("email", email)
                .formParam("firstName", "First")
                .formParam("lastName", "Last")
                .post("/organizations/{id}/members/invite-user", tenant.id())
                .then()
                .statusCode(204);
    }

    URI linkInMail(String recipient) {
        assertThat(mail.waitForIncomingEmail(10_000, 1)).isTrue();
        MimeMessage[] messages = mail.getReceivedMessagesForDomain(recipient);
        assertThat(messages).as("mail to %s", recipient).isNotEmpty();
        String body = GreenMailUtil.getBody(
                Arrays.stream(messages).reduce((a, b) -> b).orElseThrow());
        Matcher link =
                LINK.matcher(body.replace("=\r\n", "").replace("=3D", "=").replace("&amp;", "&"));
        assertThat(link.find()).as(body).isTrue();
        return URI.create(link.group());
    }

    /** The page for a password of somebody who comes through the broker for the first time. */
    Page firstLoginThroughABroker(String domain) {
        String name = Lenders.name("brokered");
        TestUser user = corporate.user(name, Map.of("email", name + "@" + domain));
        Browser browser = new Browser();
        LoginAttempt attempt = lenders.app.open(browser, "openid", Map.of("kc_idp_hint", "corporate"));
        Page page = attempt.credentials(user, TestUser.PASSWORD).page();
        return page.hasField("firstName") ? page.submit(Map.of("firstName", "First", "lastName", "Last")) : page;
    }

    private void broker() {
        String issuer = corporate.issuer();
        corporate
                .admin()
                .body(Map.of(
                        "clientId",
                        "lending",
                        "secret",
                        "s3cret",
                        "redirectUris",
                        List.of(lenders.realm.issuer() + "/*")))
                .post("/clients")
                .then()
                .statusCode(201);
        Map<String, Object> config = new HashMap<>(Map.of(
                "clientId",
                "lending",
                "clientSecret",
                "s3cret",
                "authorizationUrl",
                issuer + "/protocol/openid-connect/auth",
                "tokenUrl",
                issuer + "/protocol/openid-connect/token",
                "userInfoUrl",
                issuer + "/protocol/openid-connect/userinfo",
                "jwksUrl",
                issuer + "/protocol/openid-connect/certs",
                "useJwksUrl",
                "true",
                "validateSignature",
                "true",
                "issuer",
                issuer,
                "syncMode",
                "IMPORT"));
        lenders.realm
                .admin()
                .body(Map.of("alias", "corporate", "providerId", "keycloak-oidc", "trustEmail", true, "config", config))
                .post("/identity-provider/instances")
                .then()
                .statusCode(201);
        List<Map<String, Object>> steps = lenders.realm
                .admin()
                .get("/authentication/flows/{flow}/executions", "first broker login")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("");
        Map<String, Object> create = steps.stream()
                .filter(step -> "idp-create-user-if-unique".equals(step.get("providerId")))
                .findFirst()
                .orElseThrow();
        lenders.realm
                .admin()
                .body(Map.of(
                        "id",
                        create.get("authenticationConfig"),
                        "alias",
                        "create unique user config",
                        "config",
                        Map.of("require.password.update.after.registration", "true")))
                .put("/authentication/config/{id}", create.get("authenticationConfig"))
                .then()
                .statusCode(204);
    }

    @Override
    public void close() {
        lenders.close();
        corporate.close();
        mail.stop();
    }
}
