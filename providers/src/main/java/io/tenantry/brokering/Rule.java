package io.tenantry.brokering;

/** What a brokered sign-in can break. The id is public: events carry it as the detail {@code rule}. */
public enum Rule {
    /** The mapper's own settings cannot be read, so nothing can be decided. */
    SETTINGS("settings"),
    /** The message is larger than anybody's needs to be. */
    SIZE("size"),
    /** The provider is there to be linked to accounts, and was used to sign in. */
    LINK_ONLY("link-only"),
    /** The provider vouches for no tenant, or for a disabled one. */
    TENANT_BINDING("tenant-binding"),
    /** An asserted address is missing, malformed or of somebody else's domain. */
    EMAIL_DOMAIN("email-domain"),
    /** The provider did not verify the address. */
    EMAIL_VERIFIED("email-verified"),
    /** A required attribute or claim is missing or has another value. */
    REQUIRED_ATTRIBUTES("required-attributes"),
    /** The user did not sign in at the provider in a way that the tenant demands. */
    AUTHENTICATION_CONTEXT("authentication-context"),
    /** The user's sign-in at the provider is too old, of the future, or of unknown age. */
    AUTHENTICATION_AGE("authentication-age"),
    /** The subject's identifier is not of an allowed format. */
    NAME_ID_FORMAT("name-id-format"),
    /** The message came over a binding on which the signatures that the settings ask for cannot be seen. */
    BINDING("binding"),
    /** The document holds more, or elsewhere, than one assertion; or ids that are not unique. */
    STRUCTURE("structure"),
    /** Conditions, audience or bearer confirmation are missing. */
    CONDITIONS("conditions"),
    /** The assertion is not signed by a key of the provider. */
    ASSERTION_SIGNATURE("assertion-signature"),
    /** The response is not signed by a key of the provider. */
    RESPONSE_SIGNATURE("response-signature"),
    /** Nobody asked for this response, or it claims to answer a request that was not ours. */
    IDP_INITIATED("idp-initiated"),
    /** The assertion was used before, or lives too long to be remembered. */
    REPLAY("replay"),
    /** The person has no account here and may not get one. */
    UNKNOWN_USER("unknown-user"),
    /** The account belongs to other tenants, and not to the provider's. */
    MEMBERSHIP("membership"),
    /** The user changed on the review page what the provider asserted. */
    PROFILE_EDIT("profile-edit"),
    /** An existing account may not be linked to this provider. */
    LINK("link");

    private final String id;

    Rule(String id) {
        this.id = id;
    }

    /** The public name. */
    public String id() {
        return id;
    }
}
