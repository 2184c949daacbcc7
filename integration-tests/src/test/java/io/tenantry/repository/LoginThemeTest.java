package io.tenantry.repository;

import static org.assertj.core.api.Assertions.assertThat;

import freemarker.template.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** What the theme makes of what the jar tells it; that nothing hostile gets so far is tested there, and in a browser. */
class LoginThemeTest {

    private static final Map<String, Object> NORTHBANK = Map.of(
            "name",
            "Northbank",
            "markupName",
            "Northbank",
            "logo",
            "/resources/login/tenantry/img/lenders/northbank.svg",
            "support",
            "mailto:help@northbank.example",
            "privacy",
            "https://northbank.example/privacy",
            "legal",
            List.of("Northbank plc", "<b>Regulated</b> & \"sound\""));

    @Test
    void aPageShowsNameAndLogoAndLinksAndLegalLines() throws Exception {
        Document page = Jsoup.parse(new LoginTheme().page(NORTHBANK));

        assertThat(page.title()).isEqualTo("Sign in to Northbank");
        assertThat(page.select("header").text()).isEqualTo("Northbank");
        assertThat(page.select("header img").attr("src"))
                .isEqualTo("/resources/login/tenantry/img/lenders/northbank.svg");
        assertThat(page.select("header img").hasAttr("alt")).isTrue();
        assertThat(page.select("#tenantry-support").attr("href")).isEqualTo("mailto:help@northbank.example");
        assertThat(page.select("#tenantry-privacy").attr("href")).isEqualTo("https://northbank.example/privacy");
        assertThat(page.select("bdi").eachText()).containsExactly("Northbank plc", "<b>Regulated</b> & \"sound\"");
    }

    @Test
    void whatABrandDoesNotSayLeavesNoTrace() throws Exception {
        Map<String, Object> plain = new HashMap<>(NORTHBANK);
        plain.keySet().retainAll(List.of("name", "markupName"));
        plain.put("legal", List.of());
        Document page = Jsoup.parse(new LoginTheme().page(plain));

        assertThat(page.select("header").html()).isEqualTo("<span class=\"tenantry-name\">Northbank</span>");
        assertThat(page.select(".tenantry-footer")).isEmpty();
    }

    /** As in a child theme that switches brands off. */
    @Test
    void withoutABrandPagesAreStocks() throws Exception {
        assertThat(new LoginTheme().page(Map.of()))
                .contains("<title>Sign in to Platform</title>", "<header><b>Platform</b></header>")
                .doesNotContain("tenantry-name", "tenantry-footer");
    }

    /** The shipped security policy allows neither, and Keycloak's own inline scripts are the reason that it allows those. */
    @Test
    void noTemplateHoldsInlineScriptOrStyle() throws Exception {
        try (Stream<Path> files = Files.walk(LoginTheme.FOLDER)) {
            for (Path template :
                    files.filter(file -> file.toString().endsWith(".ftl")).toList()) {
                assertThat(Files.readString(template))
                        .as(template.toString())
                        .doesNotContainPattern("<style|style=|<script(?![^>]*\\ssrc=)|\\son[a-z]+=|javascript:");
            }
        }
    }

    @Test
    void everyTemplateCanBeRead() throws Exception {
        try (Stream<Path> files = Files.walk(Repository.ROOT.resolve("themes"))) {
            for (Path template :
                    files.filter(file -> file.toString().endsWith(".ftl")).toList()) {
                new Template(template.toString(), Files.readString(template), LoginTheme.engine());
            }
        }
    }

    /**
     * The page that offers lenders and that of a logout by frames are ours; any other of the same name as Keycloak's would
     * be a copy to keep up to date.
     */
    @Test
    void noTemplateOfKeycloakIsCopied() throws Exception {
        try (Stream<Path> files = Files.list(LoginTheme.FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(Pattern.compile(".*[.]ftl").asMatchPredicate()))
                    .containsExactlyInAnyOrder(
                            "footer.ftl", "frontchannel-logout.ftl", "password-rules.ftl", "select-organization.ftl");
        }
    }

    /** Where this fails, Keycloak's page has come to show more, or another theme of its own has one. */
    @Test
    void pageOfALogoutByFramesShowsWhatKeycloaksDoes() throws Exception {
        Map<String, String> stock =
                StockThemes.files(Pattern.compile("theme/(base|keycloak.v2)/login/frontchannel-logout[.]ftl")
                        .asMatchPredicate());
        assertThat(stock).hasSize(1);
        assertThat(shown(Files.readString(LoginTheme.FOLDER.resolve("frontchannel-logout.ftl"))))
                .isEqualTo(shown(stock.values().iterator().next()));
    }

    private static Set<String> shown(String template) {
        return Pattern.compile("\\b(?:logout|client)[.]\\w+|\\bmsg[(]\"[^\"]+")
                .matcher(template)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
