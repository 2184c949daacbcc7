package io.tenantry.proof;

/**
 * A credential that counts for some tenants alone, as it was made in a session that only these vouched for.
 *
 * @param id Keycloak's id of the credential; for the address {@link VouchedCredentials#ADDRESS} and the user's id, for a
 *     password that a user storage keeps its type and the user's id
 * @param type Keycloak's credential type, or {@link VouchedCredentials#ADDRESS}
 * @param since epoch milliseconds
 */
public record VouchedCredential(String id, String type, Trust trust, long since) {}
