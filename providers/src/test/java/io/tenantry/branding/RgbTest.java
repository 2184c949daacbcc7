package io.tenantry.branding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RgbTest {
    private static final int SAMPLES = 20_000;

    @ParameterizedTest
    @CsvSource({"#ffffff,#000000,21.0", "#777777,#ffffff,4.48", "#767676,#ffffff,4.54", "#1b3a5c,#1b3a5c,1.0"})
    void contrastIsMeasuredAsWcagPrescribes(String one, String other, double expected) {
        assertThat(rgb(one).contrast(rgb(other))).isCloseTo(expected, offset(0.005));
        assertThat(rgb(other).contrast(rgb(one))).isCloseTo(expected, offset(0.005));
    }

    @Test
    void textIsReadableOnAnyColour() {
        colours().forEach(value -> {
            Rgb surface = new Rgb(value);
            assertThat(surface.text().contrast(surface)).as(surface.css()).isGreaterThanOrEqualTo(Rgb.READABLE);
        });
    }

    @Test
    void anyColourBecomesReadableOnEachCard() {
        colours().forEach(value -> {
            for (Rgb card : new Rgb[] {Palette.CARD, Palette.CARD_DARK}) {
                assertThat(new Rgb(value).readableOn(card).contrast(card))
                        .as(new Rgb(value).css())
                        .isGreaterThanOrEqualTo(Rgb.READABLE);
            }
        });
    }

    @Test
    void aColourThatIsReadableStaysAsItIs() {
        assertThat(rgb("#0b4f8a").readableOn(Palette.CARD)).isEqualTo(rgb("#0b4f8a"));
    }

    @Test
    void mixturesGoFromOneToTheOther() {
        assertThat(rgb("#102030").towards(rgb("#ffffff"), 0)).isEqualTo(rgb("#102030"));
        assertThat(rgb("#102030").towards(rgb("#ffffff"), 1)).isEqualTo(rgb("#ffffff"));
        assertThat(rgb("#000000").towards(rgb("#ffffff"), 0.5)).isEqualTo(rgb("#808080"));
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
                "#١٢٣٤٥٦",
                ""
            })
    void nothingElseIsAColour(String text) {
        assertThat(Rgb.parse(text)).isEmpty();
    }

    /** The hardest are greys around the turning point. */
    private static IntStream colours() {
        Random random = new Random(26);
        return IntStream.concat(
                IntStream.range(0, 256).map(grey -> grey * 0x010101),
                IntStream.generate(() -> random.nextInt(1 << 24)).limit(SAMPLES));
    }

    private static Rgb rgb(String text) {
        return Rgb.parse(text).orElseThrow();
    }
}
