package io.tenantry.token;

import io.tenantry.tenant.TenantId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.organization.protocol.mappers.oidc.OrganizationScope;

/** What a scope parameter says about tenants. */
final class RequestedTenants {
    private final KeycloakSession session;
    private final List<String> scopes;

    /** Reads a scope parameter of the client in the session's context. */
    RequestedTenants(KeycloakSession session, @Nullable String scope) {
        this.session = session;
        this.scopes = scope == null
                ? List.of()
                : Stream.of(scope.split(" ")).filter(name -> !name.isBlank()).toList();
    }

    /** The tenants named, whether they exist or not. */
    List<TenantId> named() {
        return scopes.stream()
                .filter(name -> OrganizationScope.valueOfScope(session, name) == OrganizationScope.SPECIFIC)
                .map(name -> name.substring(name.lastIndexOf(':') + 1))
                .filter(TenantId::possible)
                .map(TenantId::new)
                .distinct()
                .toList();
    }

    /** Whether a tenant is asked for without naming one. */
    boolean any() {
        return scopes.stream()
                .map(name -> OrganizationScope.valueOfScope(session, name))
                .anyMatch(kind -> kind == OrganizationScope.ANY || kind == OrganizationScope.ALL);
    }

    /** The parameter with whatever it says about tenants replaced by this one. */
    String replacedBy(TenantId tenant, String organizationScope) {
        Stream<String> others = scopes.stream().filter(name -> OrganizationScope.valueOfScope(session, name) == null);
        return String.join(
                " ",
                Stream.concat(others, Stream.of(organizationScope + ":" + tenant))
                        .toList());
    }
}
