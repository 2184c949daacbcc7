package io.tenantry.branding;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The four colours that a brand chooses. All others follow from them, so that text is readable whatever they are.
 *
 * @param brand of the panel and the main button
 * @param brandDark the same where the device asks for dark colours
 * @param page behind everything
 * @param pageDark the same in the dark
 */
public record Palette(Rgb brand, Rgb brandDark, Rgb page, Rgb pageDark) {
    /** The platform's own colour; {@code css/tenantry.css} of the theme writes it too, a test compares them. */
    static final Rgb PLATFORM_BRAND = new Rgb(0x1b3a5c);

    /** What forms stand on; {@code css/tenantry.css} writes them too. */
    static final Rgb CARD = Rgb.WHITE;

    static final Rgb CARD_DARK = new Rgb(0x1a1d22);

    private static final Rgb NIGHT = new Rgb(0x0d0f12);
    private static final double TINT = 0.06;
    private static final double PRESSED = 0.18;
    private static final Pattern CODE = Pattern.compile("([0-9a-f]{6})-([0-9a-f]{6})-([0-9a-f]{6})-([0-9a-f]{6})");

    /** The platform's. */
    public static final Palette PLATFORM = of(PLATFORM_BRAND, Optional.empty(), Optional.empty(), Optional.empty());

    /** With what was left out taken from the brand's colour. */
    static Palette of(Rgb brand, Optional<Rgb> brandDark, Optional<Rgb> page, Optional<Rgb> pageDark) {
        Rgb dark = brandDark.orElse(brand);
        return new Palette(
                brand,
                dark,
                page.orElseGet(() -> Rgb.WHITE.towards(brand, TINT)),
                pageDark.orElseGet(() -> NIGHT.towards(dark, TINT)));
    }

    /** The colours as they stand in the address of {@link #css}. */
    public String code() {
        return String.join("-", brand.hex(), brandDark.hex(), page.hex(), pageDark.hex());
    }

    /** Reads {@link #code}; empty for anything else. */
    public static Optional<Palette> parse(String code) {
        Matcher colors = CODE.matcher(code);
        return colors.matches()
                ? Optional.of(new Palette(
                        rgb(colors.group(1)), rgb(colors.group(2)), rgb(colors.group(3)), rgb(colors.group(4))))
                : Optional.empty();
    }

    /** A style sheet that sets the custom properties which the theme's own uses, and nothing else. */
    public String css() {
        return ":root{" + properties(brand, page, CARD) + "}\n:root.pf-v5-theme-dark{"
                + properties(brandDark, pageDark, CARD_DARK) + "}\n";
    }

    /** The main colour, for mails, which have no style sheet. */
    public String brandColor() {
        return brand.css();
    }

    /** Of text on the main colour. */
    public String onBrandColor() {
        return brand.text().css();
    }

    /** Of links on white. */
    public String accentColor() {
        return brand.readableOn(CARD).css();
    }

    private static String properties(Rgb brand, Rgb page, Rgb card) {
        Rgb text = brand.text();
        Rgb pressed = brand.towards(text.text(), PRESSED);
        return "--tenantry-brand:" + brand.css()
                + ";--tenantry-on-brand:" + text.css()
                + ";--tenantry-pressed:" + pressed.css()
                + ";--tenantry-accent:" + brand.readableOn(card).css()
                + ";--tenantry-page:" + page.css();
    }

    private static Rgb rgb(String hex) {
        return new Rgb(Integer.parseInt(hex, 16));
    }
}
