package io.tenantry.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/**
 * Who asks for tokens: a client, and someone who signs in through it.
 *
 * @param scope asked for beside {@code openid}; empty for none
 * @param facts what every answer must tell
 */
record Applicant(Client client, String username, String scope, TokenFacts facts) {
    /** One that asks for the same thing on as many connections, each signed in on its own. */
    Side side(String name, TokenRequest request) {
        List<Source> connections =
                Stream.generate(() -> source(request)).limit(Load.CONNECTIONS).toList();
        return new Side(name, connections, answer -> check(request, answer));
    }

    /** One connection of it. */
    Source source(TokenRequest request) {
        String password = PlainRealm.PASSWORD;
        return switch (request) {
            case CLIENT_CREDENTIALS -> client.ownAccount(scope);
            case REFRESH -> client.refreshing(username, password, scope);
            case INTROSPECTION -> client.introspecting(username, password, scope);
            case CODE -> client.redeeming(username, password, scope);
            case EXCHANGE -> client.exchanging(username, password, scope);
        };
    }

    /** Does nothing if an answer is as it must be. */
    void check(TokenRequest request, String answer) {
        if (request == TokenRequest.INTROSPECTION) {
            facts.checkClaims(answer, LendersRealm.TENANT, LendersRealm.ROLE);
        } else {
            facts.check(answer, LendersRealm.TENANT, LendersRealm.ROLE);
        }
    }
}
