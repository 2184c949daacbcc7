package io.tenantry.branding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a lender, or the platform, looks. Every part of it may be shown as it stands, where it is escaped as text.
 *
 * @param name for people to read; never empty
 * @param logo the name of a file of the theme or an https address; null for none
 * @param support whom to turn to: an https, mailto or tel address; null for none
 * @param privacy an https address; null for none
 * @param legal lines of text
 */
public record Brand(
        String name,
        @Nullable String logo,
        @Nullable String support,
        @Nullable String privacy,
        List<String> legal,
        Palette palette) {
    public Brand {
        legal = List.copyOf(legal);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a brand has a name");
        }
    }

    /** Whether the logo is a file of the theme. */
    public boolean logoInTheme() {
        return logo != null && !logo.startsWith("https://");
    }
}
