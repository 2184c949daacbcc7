package io.tenantry.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.WithServer;
import io.tenantry.repository.DocsPicture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The doctor's page in a browser: no barrier, no complaint, nothing asked of anybody. */
@WithServer
@WithChromium
class DoctorPageIT {
    @Test
    void findingsAreReadOnEveryScreen(TestServer server, Chromium chromium) {
        try (TestRealm realm = server.createRealm(
                        "lending",
                        Map.of(
                                "accessTokenLifespan", 3600,
                                "eventsListeners", List.of("jboss-logging"),
                                "loginTheme", "tenantry",
                                "emailTheme", "tenantry",
                                "passwordPolicy", "length(12) and tenantPolicy"));
                Screen screen = new Screen(chromium.browser(), server.keycloak().baseUri())) {
            realm.org("northbank")
                    .update(Map.of(
                            "attributes",
                            Map.of(
                                    "password-policy", List.of("lenght(14)"),
                                    "branding.color", List.of("blue"),
                                    "login.identity-provider", List.of("northbank-saml"))));
            screen.page().setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + server.adminToken()));
            screen.page().navigate(server.keycloak().baseUri() + "/admin/realms/" + realm.name() + "/tenantry/doctor");

            assertThat(screen.page().locator("article").all()).hasSizeGreaterThan(3);
            assertThat(screen.page().locator("main").innerText())
                    .contains("lenght(14)", "branding.color", "northbank-saml");
            screen.show(DocsPicture.DOCTOR);
            screen.examine("doctor");
        }
    }
}
