package io.tenantry.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The switcher for applications, in an application of another origin under a strict policy of its own. */
@WithServer
@WithChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantSwitcherIT {
    private static final String ORIGIN = "http://app.example";
    private static final Path SCRIPT = Path.of("../consumers/tenant-switcher/tenant-switcher.js");

    private Chromium chromium;
    private BrandedRealm realm;
    private TestClient app;
    private TestUser maya;

    @BeforeAll
    void open(TestServer server, Chromium shared) {
        chromium = shared;
        realm = new BrandedRealm(server);
        maya = realm.member("maya", BrandedRealm.NORTHBANK, BrandedRealm.HARBOR, BrandedRealm.EVIL);
        app = realm.realm
                .publicClient("spa")
                .mapper("tenant-claims-mapper", Map.of("access.token.claim", "true"))
                .update(Map.of("webOrigins", List.of(ORIGIN)));
    }

    @AfterAll
    void close() {
        if (realm != null) {
            realm.close();
        }
    }

    @Test
    void showsThePersonsLendersAndTellsWhichIsChosen() {
        String token = app.password(maya, "openid organization:harbor").accessToken();
        try (Screen screen = screen()) {
            Page page = app(screen, token);
            page.waitForSelector("tenant-switcher select");

            assertThat(page.getByLabel("Your lender").count()).isEqualTo(1);
            assertThat(page.locator("option").allTextContents())
                    .containsExactlyInAnyOrder("Northbank", "Harbor Credit Union", BrandedRealm.EVIL_NAME);
            assertThat(page.locator("tenant-switcher select").inputValue()).isEqualTo("harbor");
            screen.inspect("switcher", "light", false);

            page.getByLabel("Your lender").selectOption("northbank");
            assertThat(page.evaluate("window.chosen")).isEqualTo("northbank, Northbank");
            assertThat(page.evaluate("window.scope")).isEqualTo("openid profile organization:northbank");
            // Until the new sign-in, the tokens at hand are for this one
            assertThat(page.locator("tenant-switcher select").inputValue()).isEqualTo("harbor");
            assertThat(screen.complaints()).isEmpty();
        }
    }

    @Test
    void saysSoWhereTheLendersCannotBeFetched() {
        try (Screen screen = screen()) {
            Page page = app(screen, "forged");
            page.waitForSelector("tenant-switcher [role=alert]");
            assertThat(page.locator("[role=alert]").textContent())
                    .isEqualTo("Your lenders cannot be shown at the moment.");
            assertThat(page.evaluate("window.failed")).isEqualTo(401);
        }
    }

    private Screen screen() {
        return realm.screen(chromium);
    }

    private Page app(Screen screen, String token) {
        String issuer = realm.realm.issuer();
        String server = realm.realm.server().keycloak().baseUri().toString();
        serve(screen, TestClient.REDIRECT_URI, "text/html", """
                <!DOCTYPE html><html lang="en"><head><title>App</title><script type="module" src="/app.js"></script></head>
                <body><main><h1>App</h1><tenant-switcher realm="%s" label="Your lender"></tenant-switcher></main></body></html>
                """.formatted(issuer), server);
        serve(
                screen,
                TestClient.REDIRECT_URI.replace("/callback", "/app.js"),
                "text/javascript",
                """
                import { scopeFor } from "/tenant-switcher.js";
                const switcher = document.querySelector("tenant-switcher");
                switcher.addEventListener("tenant-change", ({ detail }) => {
                    window.chosen = `${detail.id}, ${detail.name}`;
                    window.scope = scopeFor(detail.id, "openid organization:harbor profile");
                });
                switcher.addEventListener("tenant-error", ({ detail }) => { window.failed = detail.status; });
                switcher.token = async () => "%s";
                """.formatted(token),
                server);
        serve(screen, ORIGIN + "/tenant-switcher.js", "text/javascript", read(SCRIPT), server);
        serve(screen, ORIGIN + "/favicon.ico", "image/x-icon", "", server);
        screen.page().navigate(TestClient.REDIRECT_URI);
        return screen.page();
    }

    private static void serve(Screen screen, String url, String type, String body, String server) {
        screen.context()
                .route(
                        url,
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType(type)
                                .setHeaders(Map.of(
                                        "Content-Type",
                                        type,
                                        "Content-Security-Policy",
                                        "default-src 'none'; script-src 'self'; connect-src " + server))
                                .setBody(body)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
