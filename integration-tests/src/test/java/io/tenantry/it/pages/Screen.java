package io.tenantry.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.tenantry.it.TestClient;
import io.tenantry.repository.DocsPicture;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One person's browser with one tab, whose every page is looked at closely. */
final class Screen implements AutoCloseable {
    /** The system property that names a folder for pictures of all that is looked at. */
    private static final String PICTURES = "pages.pictures";

    /** The system property that has the pictures of the documentation taken anew: {@code true}. */
    private static final String DOCS_PICTURES = "docs.pictures";

    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    /** What broke a rule of these kinds. What kept to it is not written out, which takes longer than the rules do. */
    private static final String BARRIERS = """
            async (tags) => {
                const found = await axe.run({runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
                return found.violations.map((rule) => rule.id + ": " + rule.help + " "
                    + rule.nodes.map((at) => at.html + " " + at.failureSummary).join(" "));
            }""";

    private static final String FRAMES =
            "[...document.querySelectorAll('iframe, frame')].filter((frame) => frame.checkVisibility()).length";

    private static final int WIDE = 1280;
    private static final int HIGH = 800;

    private final BrowserContext context;
    private final Page page;
    private final URI server;
    private final List<String> complaints = new ArrayList<>();

    Screen(Browser browser, URI server) {
        this(browser, server, "en");
    }

    /**
     * Somebody's who reads another language.
     *
     * @param language what the browser says it is, as in {@code Accept-Language}
     */
    Screen(Browser browser, URI server, String language) {
        this.server = server;
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(WIDE, HIGH)
                .setColorScheme(ColorScheme.LIGHT)
                .setLocale(language));
        context.setDefaultTimeout(20_000);
        context.route(
                url -> url.startsWith(TestClient.REDIRECT_URI),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<!DOCTYPE html><html lang=en><title>App</title>")));
        context.onRequest(this::requested);
        context.onConsoleMessage(this::said);
        context.onWebError(error -> complaints.add("script error: " + error.error()));
        page = context.newPage();
    }

    Page page() {
        return page;
    }

    /** Where all tabs of this browser are. */
    BrowserContext context() {
        return context;
    }

    private void requested(Request request) {
        URI asked = URI.create(request.url());
        boolean own = asked.getScheme().equals("data")
                || (asked.getPort() == server.getPort() && ours(asked.getHost()))
                || request.url().startsWith("http://app.example/");
        if (!own) {
            complaints.add("asks another host: " + request.url());
        }
    }

    private boolean ours(String host) {
        return host.equals(server.getHost()) || host.equals("localhost") || host.endsWith(".localhost");
    }

    private void said(ConsoleMessage message) {
        // A page that is an answer of 400 or 403 is said to be so
        boolean ofThePageItself = message.text().startsWith("Failed to load resource")
                && message.location().startsWith(page.url());
        if (Set.of("error", "warning").contains(message.type()) && !ofThePageItself) {
            complaints.add("console " + message.type() + ": " + message.text());
        }
    }

    /** Looks at the page: by day, by night and on a phone. */
    void examine(String name) {
        page.waitForLoadState();
        inspect(name, "light", true);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        inspect(name, "dark", true);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(360, 740);
        inspect(name, "phone", true);
        assertThat(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                .as(name + " is wider than a phone by")
                .isEqualTo(0);
        page.setViewportSize(WIDE, HIGH);
        assertThat(complaints).as(name + " at " + page.url()).isEmpty();
    }

    /** Looks for barriers, and takes a picture. */
    void inspect(String name, String look, boolean picture) {
        assertThat(page.evaluate(FRAMES))
                .as(name + " shows frames, which are not looked into")
                .isEqualTo(0);
        // Once a page, as it is half a megabyte
        if (Boolean.TRUE.equals(page.evaluate("typeof axe === 'undefined'"))) {
            page.evaluate(AxeBuilder.getAxeScript());
        }
        Object barriers = page.evaluate(BARRIERS, WCAG);
        if (picture) {
            picture(name + "-" + look);
        }
        assertThat(barriers).as(name + ", " + look + ", at " + page.url()).isEqualTo(List.of());
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Takes a picture for the documentation, if they are asked for. */
    void show(DocsPicture picture) {
        if (Boolean.getBoolean(DOCS_PICTURES)) {
            page.waitForLoadState();
            page.mouse().move(0, 0);
            new Screenshot(page.screenshot(new Page.ScreenshotOptions().setFullPage(true))).writeTo(picture.file());
        }
    }

    /** The same where the device asks for dark colours. */
    void showDark(DocsPicture picture) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        show(picture);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    /** Takes a picture, if pictures are asked for. */
    void picture(String name) {
        String folder = System.getProperty(PICTURES);
        if (folder != null) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(folder, name + ".png")));
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
