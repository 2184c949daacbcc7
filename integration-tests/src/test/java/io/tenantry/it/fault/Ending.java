package io.tenantry.it.fault;

import io.tenantry.contract.Selector;
import io.tenantry.it.TestClient;
import io.tenantry.it.TestUser;
import io.tenantry.it.Tokens;

/** A way in which trust in tokens ends, done over HTTP; throws unless the answer is a success. */
enum Ending {
    LOGOUT {
        @Override
        Selector end(TestClient client, TestUser user, Tokens tokens) {
            client.logout(tokens);
            return Selector.sid(claim(tokens, "sid"));
        }
    },
    ACCESS_TOKEN_REVOKED {
        @Override
        Selector end(TestClient client, TestUser user, Tokens tokens) {
            client.revoke(tokens.accessToken());
            return Selector.jti(claim(tokens, "jti"));
        }
    },
    SESSION_DELETED {
        @Override
        Selector end(TestClient client, TestUser user, Tokens tokens) {
            client.realm()
                    .admin()
                    .delete("/sessions/{id}", claim(tokens, "sid"))
                    .then()
                    .statusCode(204);
            return Selector.sid(claim(tokens, "sid"));
        }
    },
    REFRESH_TOKEN_REVOKED {
        @Override
        Selector end(TestClient client, TestUser user, Tokens tokens) {
            client.revoke(tokens.refreshToken());
            return Selector.grant(client.clientId(), user.id());
        }
    },
    ADMIN_LOGOUT {
        @Override
        Selector end(TestClient client, TestUser user, Tokens tokens) {
            user.logout();
            return Selector.sub(user.id());
        }
    };

    /** Ends it and says by which selector that must be known. */
    abstract Selector end(TestClient client, TestUser user, Tokens tokens);

    static String claim(Tokens tokens, String name) {
        return String.valueOf(tokens.accessClaims().get(name));
    }
}
