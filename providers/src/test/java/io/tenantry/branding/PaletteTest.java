package io.tenantry.branding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaletteTest {
    private static final Pattern PROPERTY = Pattern.compile("(--tenantry-[a-z-]+):(#[0-9a-f]{6})");
    private static final Path THEME = Path.of("../themes/tenantry/login/resources/css/tenantry.css");

    @Test
    void whatIsLeftOutFollowsFromTheColour() {
        Palette palette = Palette.of(new Rgb(0x0b4f8a), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(palette.brandDark()).isEqualTo(palette.brand());
        assertThat(palette.page().contrast(Rgb.WHITE)).isLessThan(1.2);
        assertThat(palette.pageDark().contrast(Rgb.BLACK)).isLessThan(1.2);
    }

    @Test
    void itsCodeIsReadBack() {
        Palette palette = Palette.of(
                new Rgb(0xf2b705), Optional.of(new Rgb(1)), Optional.of(new Rgb(2)), Optional.of(new Rgb(3)));

        assertThat(palette.code()).isEqualTo("f2b705-000001-000002-000003");
        assertThat(Palette.parse(palette.code())).contains(palette);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "f2b705",
                "f2b705-000001-000002",
                "F2B705-000001-000002-000003",
                "f2b705-000001-000002-000003-000004",
                "f2b705-000001-000002-00000}",
                "f2b705-000001-000002-000003\n"
            })
    void nothingElseIsACode(String code) {
        assertThat(Palette.parse(code)).isEmpty();
    }

    @Test
    void itsStyleSheetHoldsColoursAndNothingElse() {
        Random random = new Random(26);
        for (int i = 0; i < 1_000; i++) {
            Palette palette = new Palette(any(random), any(random), any(random), any(random));
            assertThat(palette.css())
                    .matches("(:root([.]pf-v5-theme-dark)?[{](--tenantry-[a-z-]+:#[0-9a-f]{6};?){5}[}]\n){2}");
        }
    }

    @Test
    void textOnAPressedButtonIsAsReadableAsBefore() {
        Random random = new Random(26);
        for (int i = 0; i < 10_000; i++) {
            Palette palette = Palette.of(any(random), Optional.empty(), Optional.empty(), Optional.empty());
            Matcher properties = PROPERTY.matcher(palette.css());
            Rgb text = null;
            Rgb pressed = null;
            while (properties.find() && (text == null || pressed == null)) {
                Rgb value = Rgb.parse(properties.group(2)).orElseThrow();
                text = properties.group(1).equals("--tenantry-on-brand") ? value : text;
                pressed = properties.group(1).equals("--tenantry-pressed") ? value : pressed;
            }
            assertThat(text).isNotNull();
            assertThat(pressed).isNotNull();
            assertThat(text.contrast(pressed)).isGreaterThanOrEqualTo(Rgb.READABLE);
        }
    }

    /** The theme's own style sheet is what pages without a brand have, so the two must say the same. */
    @Test
    void theThemesStyleSheetHasThePlatformsColours() throws IOException {
        String sheet = Files.readString(THEME);
        Matcher blocks =
                Pattern.compile(":root(?:[.]pf-v5-theme-dark)? [{]([^}]*)[}]").matcher(sheet);
        assertThat(blocks.find()).isTrue();
        String light = blocks.group(1);
        assertThat(blocks.find()).isTrue();
        String dark = light + blocks.group(1);
        List<String> computed = Palette.PLATFORM.css().lines().toList();

        assertThat(light).contains("--tenantry-card: " + Palette.CARD.css());
        assertThat(dark).contains("--tenantry-card: " + Palette.CARD_DARK.css());
        for (int mode = 0; mode < computed.size(); mode++) {
            String written = mode == 0 ? light : dark;
            Matcher properties = PROPERTY.matcher(computed.get(mode));
            while (properties.find()) {
                String last = last(written, properties.group(1));
                assertThat(last).as(mode + properties.group(1)).isEqualTo(properties.group(2));
            }
        }
    }

    private static String last(String block, String property) {
        Matcher values = Pattern.compile(property + ": (#[0-9a-f]{6});").matcher(block);
        String last = "";
        while (values.find()) {
            last = values.group(1);
        }
        return last;
    }

    private static Rgb any(Random random) {
        return new Rgb(random.nextInt(1 << 24));
    }
}
