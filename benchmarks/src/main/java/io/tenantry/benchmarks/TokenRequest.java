package io.tenantry.benchmarks;

import java.util.List;

/** The requests that applications send all day. */
enum TokenRequest {
    CLIENT_CREDENTIALS("client credentials"),
    REFRESH("refresh"),
    INTROSPECTION("introspection"),
    CODE("code"),
    EXCHANGE("token exchange");

    /** Those whose throughput is compared. */
    static final List<TokenRequest> TIMED = List.of(CLIENT_CREDENTIALS, REFRESH, INTROSPECTION);

    private final String title;

    TokenRequest(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
