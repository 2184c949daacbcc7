package io.tenantry.stack.doctor;

import io.tenantry.stack.StackException;
import java.util.Map;

/**
 * Who asks, as the environment says: a client of the realm with a service account, or an administrator of the realm
 * {@code master}.
 *
 * @param realm which issues the token
 * @param grant the form sent to its token endpoint
 */
record Caller(String realm, Map<String, String> grant) {
    static final String CLIENT_ID = "DOCTOR_CLIENT_ID";
    static final String CLIENT_SECRET = "DOCTOR_CLIENT_SECRET";
    static final String USERNAME = "DOCTOR_USERNAME";
    static final String PASSWORD = "DOCTOR_PASSWORD";

    /**
     * Reads the environment.
     *
     * @throws StackException if it names nobody
     */
    static Caller of(String realm, Map<String, String> environment) {
        if (environment.containsKey(CLIENT_ID)) {
            return new Caller(
                    realm,
                    Map.of(
                            "grant_type",
                            "client_credentials",
                            "client_id",
                            environment.get(CLIENT_ID),
                            "client_secret",
                            required(environment, CLIENT_SECRET)));
        }
        if (environment.containsKey(USERNAME)) {
            return new Caller(
                    "master",
                    Map.of(
                            "grant_type",
                            "password",
                            "client_id",
                            "admin-cli",
                            "username",
                            environment.get(USERNAME),
                            "password",
                            required(environment, PASSWORD)));
        }
        throw new StackException("The doctor must know who asks: set " + CLIENT_ID + " and " + CLIENT_SECRET
                + " (a client of the realm whose service account has view-realm, view-clients and"
                + " view-identity-providers), or " + USERNAME + " and " + PASSWORD + " of an administrator");
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
