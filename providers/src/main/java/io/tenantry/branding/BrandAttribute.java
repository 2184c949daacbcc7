package io.tenantry.branding;

/** What an organization's attributes may say of how it looks; docs/branding.md lists the same, held to it by a test. */
public enum BrandAttribute {
    NAME("branding.name", "up to 60 characters of plain text"),
    LOGO(
            "branding.logo",
            "the name of a file in the theme's img/lenders/, such as northbank.svg, or an https address at a host of"
                    + " the realm attribute branding.hosts"),
    COLOR("branding.color", "a colour as #rrggbb"),
    COLOR_DARK("branding.color.dark", "a colour as #rrggbb"),
    BACKGROUND("branding.background", "a colour as #rrggbb"),
    BACKGROUND_DARK("branding.background.dark", "a colour as #rrggbb"),
    SUPPORT(
            "branding.support",
            "an https address, a mailto: address or a tel: number; hosts in the organization's own domains or in the"
                    + " realm attribute branding.hosts"),
    PRIVACY(
            "branding.privacy",
            "an https address at a host in the organization's own domains or in the realm attribute branding.hosts"),
    LEGAL("branding.legal", "up to 4 lines of plain text, one a value, of up to 255 characters each");

    /** What all of them begin with. */
    public static final String PREFIX = "branding.";

    private final String key;
    private final String accepted;

    BrandAttribute(String key, String accepted) {
        this.key = key;
        this.accepted = accepted;
    }

    /** The attribute's name. */
    public String key() {
        return key;
    }

    /** What is taken for a value, as the end of a sentence. */
    public String accepted() {
        return accepted;
    }
}
