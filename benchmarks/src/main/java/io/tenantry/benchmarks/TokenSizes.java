package io.tenantry.benchmarks;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Bytes of an access token of realm-config's API client, beside those of stock's default one for the same user, tenant
 * and role. Realms, clients and users are named with as many characters on both sides.
 */
final class TokenSizes {
    private static final String USER = "maya@brokers.example";
    private static final String CLIENT = "lending-api";
    private static final int LIMIT = 1_024;

    /** So few that their interval spans them all. */
    private static final int ISSUES = 5;

    private final LendersRealm realm;
    private final Client shipped;

    TokenSizes(URI keycloak, Http http, LendersRealm realm) {
        this.realm = realm;
        URI protocol = URI.create(keycloak + "/realms/lending/protocol/openid-connect/");
        this.shipped =
                new Client(http, protocol, CLIENT, environment("LENDING_API_SECRET", "development-only-lending-api"));
    }

    List<Figure> measure() {
        realm.member(USER, "Maya", "Duarte");
        String password = environment("LENDING_USER_PASSWORD", PlainRealm.PASSWORD);
        Spread ours = sizes(shipped, password, TokenFacts.OURS, PlainRealm.ES256);
        Spread same = stock("stock-es256", PlainRealm.ES256);
        Spread standard = stock("stock-rs256", PlainRealm.RS256);
        return List.of(
                new Figure(
                        "bytes of lending-api's access token (ES256)",
                        ours.median(),
                        bytes(ours),
                        String.format(Locale.ROOT, "all of %d between %.0f and %.0f", ISSUES, ours.from(), ours.to()),
                        Target.below(LIMIT)),
                ratio("÷ stock's default token with ES256 too", ours, same),
                ratio("÷ stock's default token as it is (RS256)", ours, standard));
    }

    private Spread stock(String clientId, String algorithm) {
        Client client = realm.stockClient(clientId, algorithm);
        return sizes(client, PlainRealm.PASSWORD, TokenFacts.STOCK, algorithm);
    }

    private static Spread sizes(Client client, String password, TokenFacts facts, String algorithm) {
        return Spread.of(Stream.generate(() -> client.signIn(USER, password, LendersRealm.SCOPE))
                .limit(ISSUES)
                .map(token -> checked(token, facts, algorithm))
                .map(token -> (double) token.length())
                .toList());
    }

    private static String checked(String token, TokenFacts facts, String algorithm) {
        facts.check(token, LendersRealm.TENANT, LendersRealm.ROLE);
        if (!TokenFacts.algorithm(token).equals(algorithm)) {
            throw new BenchmarkException(
                    "a token is signed with " + TokenFacts.algorithm(token) + " instead of " + algorithm);
        }
        return token;
    }

    private static Figure ratio(String what, Spread ours, Spread stock) {
        double ratio = ours.median() / stock.median();
        return new Figure(
                what,
                ratio,
                String.format(Locale.ROOT, "%.3f", ratio),
                bytes(ours) + " ÷ " + bytes(stock) + " bytes",
                Target.atMost(0.65));
    }

    private static String bytes(Spread sizes) {
        return String.format(Locale.ROOT, "%.0f", sizes.median());
    }

    private static String environment(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }
}
