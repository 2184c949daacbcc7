package io.tenantry.revocation.listener;

import io.tenantry.contract.Revocation;
import io.tenantry.revocation.Detected;
import io.tenantry.revocation.TokenLifetimes;
import io.tenantry.revocation.WriteTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has written for one realm, to be looked at again once it is committed.
 *
 * @param realm its name
 * @param detected what the rows follow from
 * @param endsIssue whether Keycloak itself takes back nothing that they cover
 * @param removed how long its tokens live, where the realm itself goes with the transaction
 * @param time when they were reckoned
 */
record Written(
        String realm,
        Set<Detected> detected,
        List<Revocation> revocations,
        boolean endsIssue,
        @Nullable TokenLifetimes removed,
        WriteTime time) {
    Written {
        detected = Set.copyOf(detected);
        revocations = List.copyOf(revocations);
    }
}
