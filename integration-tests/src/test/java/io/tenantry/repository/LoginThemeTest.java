package io.tenantry.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginThemeTest {

    private static final String PLATFORM = "--tenantry-brand:#1b3a5c;--tenantry-on-brand:#ffffff}";
    private static final Pattern COLORS =
            Pattern.compile("--tenantry-brand:#([0-9a-fA-F]{6});--tenantry-on-brand:#([0-9a-f]{6})");

    @Test
    void withoutALenderThePlatformShows() throws Exception {
        assertThat(new LoginTheme().page(""))
                .contains("<title>Sign in to Platform</title>", "<header><b>Platform</b></header>", PLATFORM);
    }

    @Test
    void aLenderShowsItsNameAndColourAndLogo() throws Exception {
        String page = new LoginTheme()
                .page(
                        "Northbank",
                        Map.of("branding.color", List.of("#0b4f8a"), "branding.logo", List.of("northbank.svg")));

        assertThat(page)
                .contains("<title>Sign in to Northbank</title>", "<header>Northbank</header>")
                .contains("--tenantry-brand:#0b4f8a;--tenantry-on-brand:#ffffff")
                .contains("--tenantry-logo:url(\"/resources/login/tenantry/img/lenders/northbank.svg\")");
    }

    @Test
    void aRealmOfOneLenderHasItsColour() throws Exception {
        assertThat(new LoginTheme().page("#6b4e2e")).contains("--tenantry-brand:#6b4e2e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script> & Söhne",
                "<a href=\"https://evil.example\">Sign in here</a>",
                "<img src=\"https://evil.example/x.png\">",
                "&lt;img src=x&gt;",
                "&amp;lt;b&amp;gt;",
                "&#60;b&#62;Bold&#60;/b&#62;",
                "A < B & C > D",
                "AT&T",
                "${1+1} {0} '{1}'"
            })
    void aNameIsTextWhateverItHolds(String name) throws Exception {
        Element header = Jsoup.parse(new LoginTheme().page(name, Map.of())).selectFirst("header");

        assertThat(header.children()).isEmpty();
        assertThat(header.text().replace("\u2060", "")).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "red",
                "#fff",
                "#12345",
                "#1234567",
                "#12345g",
                "#123456;background:url(//evil.example)",
                "#123456}</style><script>alert(1)</script>",
                "#123456\n",
                " #123456",
                "url(//evil.example/x)",
                "expression(alert(1))",
                "${1+1}",
                ""
            })
    void aHostileColourIsAsIfItWereNotThere(String color) throws Exception {
        assertThat(new LoginTheme().page("Evil", Map.of("branding.color", List.of(color))))
                .contains(PLATFORM)
                .doesNotContain("evil.example", "<script>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/logo.svg",
                "https://cdn.lender.example.evil.example/logo.svg",
                "https://cdn.lender.example@evil.example/logo.svg",
                "https://evil.example/https://cdn.lender.example/",
                "http://cdn.lender.example/logo.svg",
                "//cdn.lender.example/logo.svg",
                "javascript:alert(1)",
                "data:image/svg+xml,x",
                "../../../secret.svg",
                "northbank.svg\"),url(//evil.example",
                "https://cdn.lender.example/a\") } body { background: red",
                ".svg",
                ""
            })
    void aHostileLogoIsAsIfItWereNotThere(String logo) throws Exception {
        assertThat(new LoginTheme().page("Evil", Map.of("branding.logo", List.of(logo))))
                .doesNotContain("--tenantry-logo", "evil.example/", "javascript");
    }

    @Test
    void aLogoMayComeFromAHostThatThePlatformAllows() throws Exception {
        assertThat(new LoginTheme()
                        .page("Good", Map.of("branding.logo", List.of("https://img.lender.example/a/logo.png"))))
                .contains("--tenantry-logo:url(\"https://img.lender.example/a/logo.png\")");
    }

    /** 4.5 to 1 is what WCAG 2.2 asks of text (1.4.3). The hardest colours are greys around the turning point. */
    @Test
    void textIsReadableOnAnyColour() throws Exception {
        LoginTheme theme = new LoginTheme();
        Random random = new Random(26);
        for (int i = 0; i < 2_000; i++) {
            int rgb = i < 256 ? i * 0x010101 : random.nextInt(1 << 24);
            String page = theme.page("Any", Map.of("branding.color", List.of("#%06X".formatted(rgb))));
            Matcher colors = COLORS.matcher(page);

            assertThat(colors.find()).isTrue();
            assertThat(contrast(colors.group(1), colors.group(2)))
                    .as(colors.group())
                    .isGreaterThanOrEqualTo(4.5);
        }
    }

    @ParameterizedTest
    @CsvSource({"ffffff,000000,21.0", "777777,ffffff,4.48", "767676,ffffff,4.54"})
    void contrastIsMeasuredAsWcagPrescribes(String one, String other, double expected) {
        assertThat(contrast(one, other)).isCloseTo(expected, offset(0.005));
    }

    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String hex) {
        return 0.2126 * linear(hex.substring(0, 2))
                + 0.7152 * linear(hex.substring(2, 4))
                + 0.0722 * linear(hex.substring(4, 6));
    }

    private static double linear(String hex) {
        double c = Integer.parseInt(hex, 16) / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
