package io.tenantry.token;

import io.micrometer.core.instrument.Metrics;
import io.tenantry.time.ServerClock;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.representations.AccessToken;
import org.keycloak.util.JsonSerialization;
import org.keycloak.util.TokenUtil;

/** Weighs an access token before it is signed. */
final class TokenBudget {
    /** Counts the tokens over a budget, by realm, client and whether they were issued all the same. */
    static final String METRIC = "tenantry.token.over.budget";

    private static final Logger LOG = Logger.getLogger(TokenBudget.class);

    private static final LogPace PACE = new LogPace(Duration.ofMinutes(1));

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientModel client;

    TokenBudget(KeycloakSession session, RealmModel realm, ClientModel client) {
        this.session = session;
        this.realm = realm;
        this.client = client;
    }

    /**
     * Counts a token that is over its warning size, and says so in the log once a minute for each client.
     *
     * @return what is too large, if it is over the limit
     */
    Optional<String> exceededBy(AccessToken token, ByteBudget budget) {
        byte[] claims = json(token);
        int size = size(token, claims.length);
        if (size <= budget.warn()) {
            return Optional.empty();
        }
        boolean refused = size > budget.limit();
        Metrics.counter(
                        METRIC,
                        "realm",
                        realm.getName(),
                        "client",
                        client.getClientId(),
                        "outcome",
                        refused ? "refused" : "issued")
                .increment();
        boolean due = PACE.due(realm.getId() + client.getId() + refused, ServerClock.INSTANCE.instant());
        if (!refused && !due) {
            return Optional.empty();
        }
        int bytes = refused ? budget.limit() : budget.warn();
        String what = "The access token has " + size + " bytes, more than " + bytes + "; its largest claims are "
                + largest(claims);
        if (due) {
            LOG.warnf(
                    "Realm %s, client %s: %s. This is said once a minute; the metric %s counts all",
                    realm.getName(), client.getClientId(), what, METRIC);
        }
        return refused ? Optional.of(what) : Optional.empty();
    }

    private int size(AccessToken token, int payload) {
        String algorithm = session.tokens().signatureAlgorithm(token.getCategory());
        KeyWrapper key = session.keys().getActiveKey(realm, KeyUse.SIG, algorithm);
        boolean named = OIDCAdvancedConfigWrapper.fromClientModel(client).isUseRfc9068AccessTokenHeaderType();
        return EncodedSize.of(
                payload,
                named ? TokenUtil.TOKEN_TYPE_JWT_ACCESS_TOKEN : "JWT",
                algorithm,
                key.getKid(),
                key.getPublicKey() instanceof PublicKey publicKey ? publicKey : null);
    }

    private static byte[] json(AccessToken token) {
        try {
            return JsonSerialization.writeValueAsBytes(token);
        } catch (IOException e) {
            throw new IllegalStateException("a token cannot be written as JSON", e);
        }
    }

    private static String largest(byte[] claims) {
        try {
            return LargestClaims.of(JsonSerialization.mapper.readTree(claims));
        } catch (IOException e) {
            throw new IllegalStateException("a token's own JSON cannot be read", e);
        }
    }
}
