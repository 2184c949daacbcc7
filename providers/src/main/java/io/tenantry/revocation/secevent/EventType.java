package io.tenantry.revocation.secevent;

/** The types of event that are told: those of CAEP 1.0 and RISC 1.0 that fit, and one of our own for the rest. */
enum EventType {
    SESSION_REVOKED("https://schemas.openid.net/secevent/caep/event-type/session-revoked"),
    CREDENTIAL_CHANGE("https://schemas.openid.net/secevent/caep/event-type/credential-change"),
    TOKEN_CLAIMS_CHANGE("https://schemas.openid.net/secevent/caep/event-type/token-claims-change"),
    ACCOUNT_DISABLED("https://schemas.openid.net/secevent/risc/event-type/account-disabled"),
    ACCOUNT_PURGED("https://schemas.openid.net/secevent/risc/event-type/account-purged"),
    /**
     * Tokens are void and nothing is said of a session or an account: no type of CAEP or RISC means that. Its name is a
     * UUID, which is ours without a domain or a registered namespace.
     */
    TOKENS_REVOKED("urn:uuid:cea5fe15-94bf-48da-9d96-213a9bb904a9");

    private final String uri;

    EventType(String uri) {
        this.uri = uri;
    }

    String uri() {
        return uri;
    }
}
