package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;

/**
 * Which tenants a client works for, as {@link WrittenTenants} say. One that names a single tenant is owned by that.
 *
 * @param all whether it works for every tenant
 * @param listed otherwise, the only ones
 * @param maySwitch whether its token exchange may go to another tenant
 */
public record ClientTenants(boolean all, Set<TenantId> listed, boolean maySwitch) {
    /** Every tenant, and no switching. */
    public static final ClientTenants ALL = new ClientTenants(true, Set.of(), false);

    public ClientTenants {
        listed = Set.copyOf(listed);
    }

    public static ClientTenants of(ClientModel client) {
        return of(WrittenTenants.of(client));
    }

    /** What all places agree to; {@link #ALL} where none says anything. */
    static ClientTenants of(Stream<WrittenTenants> places) {
        List<WrittenTenants> written = places.toList();
        List<Set<TenantId>> lists = written.stream()
                .filter(place -> !place.allowed().isEmpty())
                .map(WrittenTenants::listed)
                .toList();
        Set<TenantId> common = new HashSet<>(lists.isEmpty() ? Set.of() : lists.get(0));
        lists.forEach(common::retainAll);
        List<String> switching = written.stream()
                .map(WrittenTenants::switching)
                .filter(value -> !value.isEmpty())
                .toList();
        return new ClientTenants(
                lists.isEmpty(),
                common,
                !switching.isEmpty() && switching.stream().allMatch(Boolean::parseBoolean));
    }

    public boolean allow(TenantId tenant) {
        return all || listed.contains(tenant);
    }

    /** The tenant that owns the client. */
    public Optional<TenantId> owner() {
        return !all && listed.size() == 1 ? listed.stream().findAny() : Optional.empty();
    }
}
