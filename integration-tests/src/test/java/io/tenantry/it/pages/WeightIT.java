package io.tenantry.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.options.LoadState;
import io.tenantry.it.Exhaustive;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestServer;
import io.tenantry.it.WithServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the theme costs beside the one that it builds on. */
@WithServer
@WithChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WeightIT {

    private static final int WARM_UP = 4;
    private static final int ROUNDS = Exhaustive.of(30, 4);

    /** A function, as the pages' policy refuses to evaluate text in them, which is how a browser is made to wait otherwise. */
    private static final String FIRST_PAINT = """
            () => new Promise((resolve, reject) => {
                new PerformanceObserver((list) => {
                    const [paint] = list.getEntriesByName("first-contentful-paint");
                    if (paint) resolve([performance.getEntriesByType("navigation")[0].responseStart, paint.startTime]);
                }).observe({ type: "paint", buffered: true });
                setTimeout(() => reject(new Error("nothing was painted within 20 s")), 20_000);
            })""";

    private final Map<String, TestClient> clients = new HashMap<>();
    private Chromium chromium;
    private BrandedRealm realm;

    @BeforeAll
    void open(TestServer server, Chromium shared) {
        chromium = shared;
        realm = new BrandedRealm(server);
        // Of two applications, as a change of the realm's theme would have the server read all of it anew
        for (String theme : List.of("keycloak.v2", "tenantry")) {
            clients.put(theme, realm.formsApplication("app-" + theme, Map.of("login_theme", theme)));
        }
    }

    @AfterAll
    void close() {
        if (realm != null) {
            realm.close();
        }
    }

    @Test
    void loginPageOfALenderIsLessThanHalfOfStocks() {
        // The server compresses what it was asked for before
        weight("keycloak.v2");
        weight("tenantry");
        long stock = weight("keycloak.v2");
        long ours = weight("tenantry");
        System.out.printf(Locale.ROOT, "login page: stock %d bytes, a lender's %d%n", stock, ours);
        assertThat(ours).isLessThan(stock / 2);
    }

    /**
     * Printed, not asserted: a busy machine tells nothing of milliseconds. The two take turns, each first as often as the
     * other, and each round is a ratio of its own, so that what slows the machine for a while slows both.
     */
    @Test
    void firstPaintIsMeasured() {
        List<Visit> stock = new ArrayList<>();
        List<Visit> ours = new ArrayList<>();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            boolean oursFirst = round % 2 == 0;
            Visit first = visit(oursFirst ? "tenantry" : "keycloak.v2");
            Visit second = visit(oursFirst ? "keycloak.v2" : "tenantry");
            if (round >= 0) {
                stock.add(oursFirst ? second : first);
                ours.add(oursFirst ? first : second);
            }
        }
        report("HTML of the login page", stock, ours, Visit::htmlMillis);
        report("first paint after it", stock, ours, visit -> visit.paintMillis() - visit.htmlMillis());
        report("first paint of the login page", stock, ours, Visit::paintMillis);
        assertThat(ours).allMatch(visit -> visit.paintMillis() > visit.htmlMillis());
    }

    private static void report(String what, List<Visit> stock, List<Visit> ours, ToDoubleFunction<Visit> millis) {
        System.out.printf(
                Locale.ROOT,
                "%s, medians of %d rounds: stock %.0f ms, a lender's %.0f ms, ratio within a round %.3f%n",
                what,
                ROUNDS,
                median(stock.stream().mapToDouble(millis)),
                median(ours.stream().mapToDouble(millis)),
                median(IntStream.range(0, ROUNDS)
                        .mapToDouble(i -> millis.applyAsDouble(ours.get(i)) / millis.applyAsDouble(stock.get(i)))));
    }

    private record Visit(double htmlMillis, double paintMillis) {}

    private long weight(String theme) {
        try (Screen screen = newcomer()) {
            AtomicLong bytes = new AtomicLong();
            CDPSession network = screen.context().newCDPSession(screen.page());
            network.send("Network.enable");
            network.on(
                    "Network.loadingFinished",
                    (JsonObject event) ->
                            bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
            open(screen, theme);
            // Fonts come after the page has loaded
            screen.page().waitForLoadState(LoadState.NETWORKIDLE);
            return bytes.get();
        }
    }

    private Visit visit(String theme) {
        try (Screen screen = newcomer()) {
            open(screen, theme);
            List<?> times = (List<?>) screen.page().evaluate(FIRST_PAINT);
            return new Visit(millis(times.get(0)), millis(times.get(1)));
        }
    }

    private void open(Screen screen, String theme) {
        screen.page()
                .navigate(clients.get(theme)
                        .signIn("openid organization:northbank", Map.of())
                        .toString());
    }

    /** The browser of somebody who was never here: nothing is cached. */
    private Screen newcomer() {
        return realm.screen(chromium);
    }

    private static double millis(Object time) {
        return ((Number) time).doubleValue();
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
