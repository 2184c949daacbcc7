package io.tenantry.brokering;

import java.util.Collection;
import java.util.List;

/**
 * A tenant's identity provider, as the doctor's rules see it.
 *
 * @param mappers the ids of its mappers' types
 * @param flow the alias of its first-login flow
 * @param steps what that flow runs, in order: authenticators that are not disabled
 */
record ProviderFacts(String alias, Collection<String> mappers, String flow, List<String> steps) {
    String where() {
        return "identity provider " + alias;
    }
}
