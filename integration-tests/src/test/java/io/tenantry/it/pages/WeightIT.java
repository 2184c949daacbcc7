package io.tenantry.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.tenantry.it.TestServer;
import io.tenantry.it.WithServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the theme costs beside the one that it builds on. */
@WithServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WeightIT {
    private static final long MORE = 10_000;
    private static final int ROUNDS = 9;

    /** A function, as the pages' policy refuses to evaluate text in them, which is how a browser is made to wait otherwise. */
    private static final String FIRST_PAINT = """
            () => new Promise((resolve, reject) => {
                new PerformanceObserver((list) => {
                    const [paint] = list.getEntriesByName("first-contentful-paint");
                    if (paint) resolve(paint.startTime);
                }).observe({ type: "paint", buffered: true });
                setTimeout(() => reject(new Error("nothing was painted within 20 s")), 20_000);
            })""";

    private Chromium chromium;
    private BrandedRealm realm;

    @BeforeAll
    void open(TestServer server) {
        chromium = Chromium.start();
        realm = new BrandedRealm(server);
    }

    @AfterAll
    void close() {
        if (realm != null) {
            realm.close();
            chromium.close();
        }
    }

    @Test
    void loginPageOfALenderIsHardlyHeavierThanStocks() {
        visit("keycloak.v2");
        visit("tenantry");
        long stock = visit("keycloak.v2").bytes();
        long ours = visit("tenantry").bytes();
        System.out.printf(Locale.ROOT, "login page: stock %d bytes, a lender's %d%n", stock, ours);
        assertThat(ours).isLessThanOrEqualTo(stock + MORE);
    }

    /** Printed, not asserted: a busy machine tells nothing of milliseconds. The two take turns, so that it slows both. */
    @Test
    void firstPaintIsMeasured() {
        List<Double> stock = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        visit("keycloak.v2");
        visit("tenantry");
        for (int round = 0; round < ROUNDS; round++) {
            stock.add(visit("keycloak.v2").paintMillis());
            ours.add(visit("tenantry").paintMillis());
        }
        System.out.printf(
                Locale.ROOT,
                "first paint of the login page, median of %d: stock %.0f ms, a lender's %.0f ms, ratio %.3f%n",
                ROUNDS,
                median(stock),
                median(ours),
                median(ours) / median(stock));
        assertThat(ours).allMatch(millis -> millis > 0);
    }

    private record Visit(long bytes, double paintMillis) {}

    /** By somebody who was never here: nothing is cached. */
    private Visit visit(String theme) {
        realm.realm.update(Map.of("loginTheme", theme));
        try (Screen screen =
                new Screen(chromium.browser(), realm.realm.server().keycloak().baseUri())) {
            Page page = screen.page();
            AtomicLong bytes = new AtomicLong();
            CDPSession network = screen.context().newCDPSession(page);
            network.send("Network.enable");
            network.on(
                    "Network.loadingFinished",
                    (JsonObject event) ->
                            bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
            page.navigate(realm.forms
                    .signIn("openid organization:northbank", Map.of())
                    .toString());
            return new Visit(bytes.get(), ((Number) page.evaluate(FIRST_PAINT)).doubleValue());
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
