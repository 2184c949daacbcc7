package io.tenantry.it.pages;

/** Whose pages and mails, and the language of the person who reads them. */
enum Brand {
    PLATFORM("Lending", "", "en"),
    NORTHBANK("Northbank", BrandedRealm.NORTHBANK, "en"),
    PALE("Harbor Credit Union", BrandedRealm.HARBOR, "en"),
    HOSTILE(BrandedRealm.EVIL_NAME, BrandedRealm.EVIL, "en"),
    RIGHT_TO_LEFT("Northbank", BrandedRealm.NORTHBANK, "ar");

    final String shown;
    final String lender;
    final String language;

    Brand(String shown, String lender, String language) {
        this.shown = shown;
        this.lender = lender;
        this.language = language;
    }

    /** What asks for the lender. */
    String scope() {
        return lender.isEmpty() ? "openid" : "openid organization:" + lender;
    }
}
