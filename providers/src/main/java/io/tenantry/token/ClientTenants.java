package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;

/**
 * Which tenants a client works for: its attribute {@value #ATTRIBUTE}, aliases separated by spaces or commas. A client
 * without it works for all; one that names a single tenant is owned by that.
 *
 * @param allowed empty for all
 */
public record ClientTenants(Set<TenantId> allowed) {
    /** The client attribute that lists the tenants. */
    public static final String ATTRIBUTE = "tenant.allowed";

    /** The client attribute that lets token exchange go to another tenant: {@code true}. */
    static final String SWITCH_ATTRIBUTE = "tenant.switch";

    public static ClientTenants of(ClientModel client) {
        return parse(client.getAttribute(ATTRIBUTE));
    }

    static ClientTenants parse(@Nullable String text) {
        return new ClientTenants(
                text == null
                        ? Set.of()
                        : Stream.of(text.split("[\\s,]+"))
                                .filter(alias -> !alias.isEmpty() && alias.length() <= TenantId.MAX_LENGTH)
                                .map(TenantId::new)
                                .collect(Collectors.toUnmodifiableSet()));
    }

    public boolean allow(TenantId tenant) {
        return allowed.isEmpty() || allowed.contains(tenant);
    }

    /** The tenant that owns the client. */
    public Optional<TenantId> owner() {
        return allowed.size() == 1 ? allowed.stream().findAny() : Optional.empty();
    }
}
