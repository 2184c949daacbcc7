package io.tenantry.revocation.outbox;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.Detected;
import java.util.List;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Writes what the drainer finds to be revoked, as requests do. */
public interface RevocationWriter {
    /** The rows that follow from this, written in the session's transaction. */
    List<Revocation> write(KeycloakSession session, RealmModel realm, Set<Detected> detected);
}
