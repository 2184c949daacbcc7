package io.tenantry.revocation.outbox;

/**
 * The name of a realm's data set: what a revocation was published as a part of.
 *
 * @param realm the realm's name
 * @param epoch changes when the set is rebuilt
 */
public record DataSetName(String realm, String epoch) {}
