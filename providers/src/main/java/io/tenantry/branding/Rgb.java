package io.tenantry.branding;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A colour of sRGB, and how readable it is beside another, as WCAG 2.2 measures it.
 *
 * @param value 0xRRGGBB
 */
record Rgb(int value) {
    static final Rgb BLACK = new Rgb(0x000000);
    static final Rgb WHITE = new Rgb(0xffffff);

    /** What WCAG 2.2 asks of text (1.4.3). */
    static final double READABLE = 4.5;

    private static final Pattern HASHED = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final int MAX = 0xffffff;
    private static final int STEPS = 64;

    Rgb {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("a colour has three bytes, not " + value);
        }
    }

    /** Reads {@code #rrggbb}; empty for anything else. */
    static Optional<Rgb> parse(String text) {
        return HASHED.matcher(text).matches()
                ? Optional.of(new Rgb(Integer.parseInt(text.substring(1), 16)))
                : Optional.empty();
    }

    /** As CSS writes it. */
    String css() {
        return '#' + hex();
    }

    /** Six digits, in lower case. */
    String hex() {
        return String.format(Locale.ROOT, "%06x", value);
    }

    /** How far its text and a surface of the other colour stand apart: 1 to 21. */
    double contrast(Rgb other) {
        double one = luminance();
        double two = other.luminance();
        return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    }

    /** White or black, whichever is easier to read on it: one of them always reaches 4.5 to 1. */
    Rgb text() {
        return contrast(WHITE) >= contrast(BLACK) ? WHITE : BLACK;
    }

    /** Itself, or as little of it moved towards black or white as makes it readable on that surface. */
    Rgb readableOn(Rgb surface) {
        Rgb end = surface.text();
        for (int step = 0; step < STEPS; step++) {
            Rgb candidate = towards(end, (double) step / STEPS);
            if (candidate.contrast(surface) >= READABLE) {
                return candidate;
            }
        }
        return end;
    }

    /**
     * A mixture.
     *
     * @param share of the other, 0 to 1
     */
    Rgb towards(Rgb other, double share) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double channel = channel(shift) + (other.channel(shift) - channel(shift)) * share;
            mixed |= (int) Math.round(channel) << shift;
        }
        return new Rgb(mixed);
    }

    private double luminance() {
        return 0.2126 * linear(channel(16)) + 0.7152 * linear(channel(8)) + 0.0722 * linear(channel(0));
    }

    private int channel(int shift) {
        return value >> shift & 0xff;
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
