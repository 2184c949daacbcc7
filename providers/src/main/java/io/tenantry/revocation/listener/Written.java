package io.tenantry.revocation.listener;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.Detected;
import io.tenantry.revocation.WriteTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has written for one realm, to be looked at again once it is committed.
 *
 * @param realmId null if the realm goes with the transaction
 * @param realm its name
 * @param detected what the rows follow from
 * @param endsIssue whether Keycloak itself takes back nothing that they cover
 * @param time when they were reckoned
 */
record Written(
        @Nullable String realmId,
        String realm,
        Set<Detected> detected,
        List<Revocation> revocations,
        boolean endsIssue,
        WriteTime time) {
    Written {
        detected = Set.copyOf(detected);
        revocations = List.copyOf(revocations);
    }
}
