package io.tenantry.stack.admin;

import io.tenantry.stack.StackException;
import java.util.Map;

/**
 * Who asks, as the environment says: a client of the realm with a service account, or an administrator of the realm
 * {@code master}.
 *
 * @param realm which issues the token
 * @param grant the form sent to its token endpoint
 * @param needs what a client's service account must have
 */
public record Caller(String realm, Map<String, String> grant, String needs) {
    /**
     * Reads the environment: {@code <prefix>_CLIENT_ID} and {@code <prefix>_CLIENT_SECRET}, or {@code <prefix>_USERNAME}
     * and {@code <prefix>_PASSWORD}.
     *
     * @param needs what a client's service account must have, for the error
     * @throws StackException if it names nobody
     */
    public static Caller of(String prefix, String realm, Map<String, String> environment, String needs) {
        String clientId = prefix + "_CLIENT_ID";
        String clientSecret = prefix + "_CLIENT_SECRET";
        String username = prefix + "_USERNAME";
        String password = prefix + "_PASSWORD";
        if (environment.containsKey(clientId)) {
            return new Caller(
                    realm,
                    Map.of(
                            "grant_type",
                            "client_credentials",
                            "client_id",
                            environment.get(clientId),
                            "client_secret",
                            required(environment, clientSecret)),
                    needs);
        }
        if (environment.containsKey(username)) {
            return new Caller(
                    "master",
                    Map.of(
                            "grant_type",
                            "password",
                            "client_id",
                            "admin-cli",
                            "username",
                            environment.get(username),
                            "password",
                            required(environment, password)),
                    needs);
        }
        throw new StackException("The server must know who asks: set " + clientId + " and " + clientSecret
                + " (a client of the realm whose service account has " + needs + "), or " + username + " and "
                + password + " of an administrator");
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new StackException("The environment variable " + name + " is missing");
        }
        return value;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Caller[realm=" + realm + "]";
    }
}
