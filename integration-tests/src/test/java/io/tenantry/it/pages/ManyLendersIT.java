package io.tenantry.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** The page that offers lenders to somebody who is in 2,000 of them. */
@WithServer
@WithChromium
class ManyLendersIT {
    private static final int LENDERS = 2_000;
    private static final double MILLIS = 200;
    /** What the page weighs for each, in characters. */
    private static final int WEIGHT = 400;

    private static final int ROUNDS = 11;

    /** From the key until the browser has laid the page out again, in milliseconds; the median of as many rounds. */
    private static final String FILTER = """
            ([words, rounds]) => {
                const field = document.getElementById("tenantry-search");
                const taken = [];
                for (let i = 0; i < rounds; i++) {
                    field.value = "";
                    field.dispatchEvent(new Event("input"));
                    document.body.getBoundingClientRect();
                    const start = performance.now();
                    field.value = words;
                    field.dispatchEvent(new Event("input"));
                    document.body.getBoundingClientRect();
                    taken.push(performance.now() - start);
                }
                return taken.sort((one, other) => one - other)[Math.floor(rounds / 2)];
            }""";

    /** Of these each name is made of two, and a number: as alike as lenders' are, and no two the same. */
    private static final List<String> PLACES = List.of(
            "Österland",
            "Ångström",
            "São Tomé",
            "Málaga",
            "Northport",
            "Granite",
            "Lakeside",
            "Quayside",
            "Łódź",
            "Ürzig");

    private static final List<String> KINDS = List.of(
            "Sparkasse",
            "Credit Union",
            "Building Society",
            "Savings Bank",
            "Caisse d'épargne",
            "Cooperativa",
            "Mutual");

    @Test
    void isUsable(TestServer server, Chromium chromium) {
        try (BrandedRealm realm = new BrandedRealm(server);
                Screen screen = new Screen(chromium.browser(), server.keycloak().baseUri())) {
            TestUser broker = realm.member("broker", BrandedRealm.HARBOR, BrandedRealm.NORTHBANK);
            // Few enough to be made, and so many that the page offers a search
            IntStream.range(0, 6).forEach(i -> realm.realm.org("lender-" + i).add(broker));
            Predicate<String> answers = url -> url.contains("/login-actions/authenticate");
            screen.context().route(answers, ManyLendersIT::multiply);
            Page page = screen.page();
            page.navigate(realm.app.signIn("openid organization", Map.of()).toString());
            page.locator("#username").fill("broker");
            page.keyboard().press("Enter");
            page.waitForSelector("#tenantry-search:focus");
            screen.context().unroute(answers);
            assertThat(page.locator(".tenantry-search__count").textContent()).isEqualTo("2,000 lenders found");
            // The script puts them back a hundred at a time
            page.waitForCondition(() -> page.locator("#tenantry-lenders li").count() == LENDERS);
            assertThat(page.locator("#tenantry-lenders bdi").allTextContents()).doesNotHaveDuplicates();
            assertThat(page.content()).hasSizeLessThan(LENDERS * WEIGHT);

            for (String words : List.of("1", "osterland 19", "sparkasse", "no such lender", "")) {
                assertThat(((Number) page.evaluate(FILTER, List.of(words, ROUNDS))).doubleValue())
                        .as(words)
                        .isLessThanOrEqualTo(MILLIS);
            }
            screen.inspect("many", "light", true);

            page.locator("#tenantry-search").fill("osterland 1230");
            assertThat(page.locator(".tenantry-search__count").textContent()).isEqualTo("One lender found");
            assertThat(page.locator("#tenantry-lenders li").count()).isEqualTo(1);
            screen.inspect("many-found", "light", false);

            page.locator("#tenantry-search").fill("harbor");
            page.keyboard().press("Enter");
            page.locator("#password").fill(TestUser.PASSWORD);
            page.keyboard().press("Enter");
            page.waitForURL(TestClient.REDIRECT_URI + "**");
            assertThat(page.url()).contains("code=");
            assertThat(screen.complaints()).isEmpty();
        }
    }

    /**
     * The page as the server wrote it, with more rows of the same form. Members of thousands of organizations cannot be
     * made in a test's time: Keycloak asks for all memberships at each new one.
     */
    private static void multiply(Route route) {
        APIResponse response = route.fetch();
        Document page = Jsoup.parse(response.text());
        page.outputSettings().prettyPrint(false);
        Element list = page.selectFirst("#tenantry-lenders");
        if (list == null) {
            route.fulfill(new Route.FulfillOptions().setResponse(response));
            return;
        }
        Element row = Objects.requireNonNull(list.selectFirst("li"));
        for (int i = list.childrenSize(); i < LENDERS; i++) {
            Element more = row.clone();
            Objects.requireNonNull(more.selectFirst("button")).attr("value", "lender-" + i);
            Objects.requireNonNull(more.selectFirst("bdi"))
                    .text(String.format(
                            Locale.ROOT, "%s %s %04d", KINDS.get(i % KINDS.size()), PLACES.get(i % PLACES.size()), i));
            list.appendChild(more);
        }
        route.fulfill(new Route.FulfillOptions().setResponse(response).setBody(page.outerHtml()));
    }
}
