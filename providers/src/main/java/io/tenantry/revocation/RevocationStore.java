package io.tenantry.revocation;

import io.tenantry.contract.Revocation;
import java.time.Instant;
import java.util.List;

/** Where revocations are kept until no token needs them: written with the change that causes them, or not at all. */
public interface RevocationStore {
    /** Writes them in the transaction under way; what it throws must undo that transaction. */
    void write(String realm, List<Revocation> revocations, Instant now);
}
