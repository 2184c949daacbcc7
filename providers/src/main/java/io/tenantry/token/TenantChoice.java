package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.Optional;

/**
 * The answer to which one tenant a request is for, and how that was settled.
 *
 * @param tenant present exactly for {@link Kind#FOR}
 * @param origin present exactly for {@link Kind#FOR}
 * @param refusal present exactly for {@link Kind#REFUSED}
 */
record TenantChoice(Kind kind, Optional<TenantId> tenant, Optional<Origin> origin, Optional<TenantRefusal> refusal) {
    /** What a request gets. */
    enum Kind {
        /** Tokens for one tenant. */
        FOR,
        /** Nothing yet: the user is in several tenants, and has to say which is meant. */
        ASK,
        /** Tokens that are for no tenant. */
        NONE,
        /** No tokens. */
        REFUSED
    }

    /** How a tenant was settled on. */
    enum Origin {
        /** The request presents a token for it. */
        PINNED,
        /** A scope, a parameter or the host name stands for it. */
        NAMED,
        /** It was picked on a page, or is that of the identity provider that vouched. */
        CHOSEN,
        /** The client works for it alone. */
        OWNER,
        /** The user is in no other that the client works for. */
        SOLE
    }

    static TenantChoice of(TenantId tenant, Origin origin) {
        return new TenantChoice(Kind.FOR, Optional.of(tenant), Optional.of(origin), Optional.empty());
    }

    static TenantChoice ask() {
        return new TenantChoice(Kind.ASK, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static TenantChoice none() {
        return new TenantChoice(Kind.NONE, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static TenantChoice refused(TenantRefusal refusal) {
        return new TenantChoice(Kind.REFUSED, Optional.empty(), Optional.empty(), Optional.of(refusal));
    }
}
