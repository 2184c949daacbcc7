package io.tenantry.token;

import io.tenantry.doctor.Finding;
import java.util.stream.Stream;

/** Decides whether a client's other mappers leave alone what is ours to write. */
final class ReservedNamesRules {
    private final ReservedNames reserved;

    ReservedNamesRules(ReservedNames reserved) {
        this.reserved = reserved;
    }

    Stream<Finding> check(ClientSetup client) {
        return Stream.concat(client.always().stream(), client.onRequest().stream())
                .filter(mapper -> reserved.writtenBy(TenantMappers.config(mapper)))
                .map(mapper -> Finding.error(
                        "reserved-name-written",
                        "A mapper writes under a name that only this pack's mappers may write, so that what it says could"
                                + " be taken for the tenant, or for roles there.",
                        client.where() + ", mapper " + mapper.getName(),
                        "Remove the mapper, or have it write under another name."));
    }
}
