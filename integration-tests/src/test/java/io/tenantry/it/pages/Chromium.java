package io.tenantry.it.pages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Chromium of this machine, one for all tests of a class, which take it as a parameter ({@link WithChromium}). Tests are
 * skipped, and say so, where there is none and none is demanded.
 */
final class Chromium implements AutoCloseable {
    /** The environment variable that makes a missing Chromium a failure: {@code true}. */
    private static final String REQUIRED = "TENANTRY_REQUIRE_BROWSER";

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Skips what follows where there is none. */
    static void assumePresent() {
        boolean present = onPath().isPresent();
        if (!present && Boolean.parseBoolean(System.getenv(REQUIRED))) {
            throw new AssertionError(REQUIRED + " is true, and none of " + NAMES + " is on the PATH: install Chromium");
        }
        if (!present) {
            System.out.println("Skipping the browser tests: none of " + NAMES + " is on the PATH");
        }
        assumeTrue(present, "no Chromium");
    }

    static Chromium start() {
        Path executable = onPath().orElseThrow();
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(executable)
                                .setHeadless(true)
                                .setArgs(List.of(
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--disable-background-networking",
                                        // A stand-in for an application may ask the server on this machine
                                        "--disable-features=LocalNetworkAccessChecks"))));
    }

    Browser browser() {
        return browser;
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> NAMES.stream().map(Path.of(folder)::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
