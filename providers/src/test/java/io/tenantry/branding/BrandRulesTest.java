package io.tenantry.branding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrandRulesTest {
    private static final BrandRules RULES = BrandRules.ofLender(
            Set.of("northbank.example", "*.branches.example"), TrustedHosts.parse("images.platform.example"));

    @Test
    void everythingThatIsWellFormedIsShown() {
        Brand brand = read(Map.of(
                        "branding.name", List.of("Northbank Söhne & Co"),
                        "branding.logo", List.of("northbank.svg"),
                        "branding.color", List.of("#0B4F8A"),
                        "branding.color.dark", List.of("#2f7fc4"),
                        "branding.background", List.of("#eeeeff"),
                        "branding.background.dark", List.of("#000011"),
                        "branding.support", List.of("mailto:help@northbank.example"),
                        "branding.privacy", List.of("https://www.northbank.example/privacy?lang=en#top"),
                        "branding.legal", List.of("Northbank plc", "Regulated")))
                .brand();

        assertThat(brand)
                .isEqualTo(new Brand(
                        "Northbank Söhne & Co",
                        "northbank.svg",
                        "mailto:help@northbank.example",
                        "https://www.northbank.example/privacy?lang=en#top",
                        List.of("Northbank plc", "Regulated"),
                        new Palette(new Rgb(0x0b4f8a), new Rgb(0x2f7fc4), new Rgb(0xeeeeff), new Rgb(0x000011))));
        assertThat(brand.logoInTheme()).isTrue();
    }

    @Test
    void withoutAttributesThePlatformsColoursAndTheOrganizationsNameAreShown() {
        assertThat(read(Map.of("password-policy", List.of("length(14)"))))
                .isEqualTo(new BrandRules.Reading(
                        new Brand("Northbank", null, null, null, List.of(), Palette.PLATFORM), List.of()));
    }

    @ParameterizedTest
    @EnumSource(BrandAttribute.class)
    void aHostileValueOfAnyAttributeIsNotThereAndReported(BrandAttribute attribute) {
        for (String hostile : List.of(
                "\"><script>alert(1)</script>\u0000",
                "#123456;}body{background:url(https://evil.example)}\n",
                "javascript:alert(1)\u202e",
                "https://evil.example/\" onload=\"alert(1)\u2028")) {
            BrandRules.Reading reading = read(Map.of(attribute.key(), List.of(hostile)));

            assertThat(reading.brand())
                    .as(attribute + " " + hostile)
                    .isEqualTo(read(Map.of()).brand());
            assertThat(reading.unusable()).containsExactly(new BrandRules.Unusable(attribute, hostile));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/logo.svg",
                "https://images.platform.example.evil.example/logo.svg",
                "https://images.platform.example@evil.example/logo.svg",
                "https://evil.example/https://images.platform.example/",
                "https://www.northbank.example/logo.svg",
                "http://images.platform.example/logo.svg",
                "//images.platform.example/logo.svg",
                "https://images.platform.example:8443/logo.svg",
                "javascript:alert(1)",
                "data:image/svg+xml,x",
                "../../../secret.svg",
                "northbank.svg\"),url(//evil.example",
                "https://images.platform.example/a\") } body { background: red",
                "https://images.platform.example/a b.svg",
                "Northbank.svg",
                ".svg"
            })
    void aHostileLogoIsNotShown(String logo) {
        assertThat(read(Map.of("branding.logo", List.of(logo))).brand().logo()).isNull();
    }

    @Test
    void aLogoMayComeFromAHostThatTheRealmTrusts() {
        Brand brand = read(Map.of("branding.logo", List.of("https://images.platform.example/a/logo.png")))
                .brand();

        assertThat(brand.logo()).isEqualTo("https://images.platform.example/a/logo.png");
        assertThat(brand.logoInTheme()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://northbank.example",
                "https://northbank.example/help",
                "https://help.northbank.example/?a=b",
                "https://a.branches.example/",
                "https://images.platform.example/help",
                "mailto:help+us@northbank.example",
                "tel:+49-30-1234"
            })
    void supportMayPointToTheLendersOwn(String support) {
        assertThat(read(Map.of("branding.support", List.of(support))).brand().support())
                .isEqualTo(support);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "https://evilnorthbank.example/",
                "https://northbank.example.evil.example/",
                "https://northbank.example@evil.example/",
                "https://evil.example\\@northbank.example/",
                "https://NORTHBANK.example/",
                "http://northbank.example/",
                "mailto:help@evil.example",
                "mailto:help@northbank.example?bcc=evil@evil.example",
                "mailto:a@evil.example,help@northbank.example",
                "tel:110#",
                "javascript:alert(1)//https://northbank.example/",
                "ftp://northbank.example/"
            })
    void supportPointsNowhereElse(String support) {
        assertThat(read(Map.of("branding.support", List.of(support))).brand().support())
                .isNull();
    }

    @Test
    void linksOfTheRealmItselfMayPointAnywhere() {
        Map<String, List<String>> texts = Map.of(
                "branding.privacy", List.of("https://anywhere.example/"),
                "branding.logo", List.of("https://anywhere.example/logo.svg"));
        Brand brand = BrandRules.ofRealm(TrustedHosts.parse(null))
                .read("Platform", texts)
                .brand();

        assertThat(brand.privacy()).isEqualTo("https://anywhere.example/");
        assertThat(brand.logo()).isNull();
    }

    @Test
    void namesAndLinesAreBounded() {
        BrandRules.Reading reading = read(Map.of(
                "branding.name", List.of("n".repeat(61)),
                "branding.legal", List.of("1", "2", "3", "4", "5"),
                "branding.color", List.of("#111111", "#222222")));

        assertThat(reading.brand().name()).isEqualTo("Northbank");
        assertThat(reading.brand().legal()).containsExactly("1", "2", "3", "4");
        assertThat(reading.unusable())
                .containsExactlyInAnyOrder(
                        new BrandRules.Unusable(BrandAttribute.NAME, "n".repeat(61)),
                        new BrandRules.Unusable(BrandAttribute.LEGAL, "5"),
                        new BrandRules.Unusable(BrandAttribute.COLOR, "#222222"));
    }

    @Test
    void theOrganizationsOwnNameLosesWhatHidesOrMovesText() {
        assertThat(RULES.read("North\u202ebank\u0007", Map.of()).brand().name()).isEqualTo("Northbank");
        assertThat(RULES.read("\u200b", Map.of()).brand().name()).isEqualTo("?");
    }

    private static BrandRules.Reading read(Map<String, List<String>> attributes) {
        return RULES.read("Northbank", attributes);
    }
}
