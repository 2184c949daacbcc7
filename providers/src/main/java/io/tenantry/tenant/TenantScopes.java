package io.tenantry.tenant;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.organization.protocol.mappers.oidc.OrganizationMembershipMapper;

/**
 * What a client's scope parameters say about tenants. The scopes that speak of them are those with Keycloak's mapper for
 * organizations, whatever a realm calls them: {@code organization} asks for any tenant, {@code organization:*} for all
 * and {@code organization:<alias>} names one.
 *
 * @param names of the client scopes; empty where the client has none
 */
public record TenantScopes(Set<String> names) {
    private static final String ALL = "*";
    private static final char SEPARATOR = ':';

    public TenantScopes {
        names = Set.copyOf(names);
    }

    /** Those within a client's reach, default and optional. */
    public static TenantScopes of(ClientModel client) {
        return of(Stream.concat(
                client.getClientScopes(true).values().stream(), client.getClientScopes(false).values().stream()));
    }

    static TenantScopes of(Stream<ClientScopeModel> scopes) {
        return new TenantScopes(scopes.filter(TenantScopes::asksForOrganizations)
                .map(ClientScopeModel::getName)
                .collect(Collectors.toSet()));
    }

    /** The tenants that a scope parameter names, whether they exist or not. */
    public List<TenantId> named(@Nullable String parameter) {
        return values(parameter)
                .filter(alias -> !alias.equals(ALL) && TenantId.possible(alias))
                .map(TenantId::new)
                .distinct()
                .toList();
    }

    /** Whether a scope parameter asks for a tenant without naming one. */
    public boolean asksForAny(@Nullable String parameter) {
        return values(parameter).anyMatch(alias -> alias.isBlank() || alias.equals(ALL));
    }

    /** Whether a scope parameter asks for one tenant of the user's, to be chosen. */
    public boolean asksForOne(@Nullable String parameter) {
        return values(parameter).anyMatch(String::isBlank);
    }

    /**
     * A scope parameter with all that it says about tenants replaced by one; as it is where the client has no scope that
     * could say it.
     */
    public String replacedBy(@Nullable String parameter, TenantId tenant) {
        Optional<String> name = names.stream().sorted().findFirst();
        if (name.isEmpty()) {
            return parameter == null ? "" : parameter;
        }
        Stream<String> others = scopes(parameter).filter(scope -> value(scope).isEmpty());
        return Stream.concat(others, Stream.of(name.get() + SEPARATOR + tenant)).collect(Collectors.joining(" "));
    }

    /** A scope parameter in which whatever names a tenant names this one; all else is as it was. */
    public String naming(TenantId tenant, @Nullable String parameter) {
        return scopes(parameter)
                .map(scope -> naming(tenant, scope, value(scope).orElse("")))
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static String naming(TenantId tenant, String scope, String alias) {
        return alias.isBlank() || alias.equals(ALL)
                ? scope
                : scope.substring(0, scope.length() - alias.length()) + tenant;
    }

    /** A scope parameter without what it says about tenants. */
    public String without(@Nullable String parameter) {
        return scopes(parameter).filter(scope -> value(scope).isEmpty()).collect(Collectors.joining(" "));
    }

    private Stream<String> values(@Nullable String parameter) {
        return scopes(parameter).flatMap(scope -> value(scope).stream());
    }

    /** What follows the name and its colon; an empty text for the bare name, nothing for another scope. */
    private Optional<String> value(String scope) {
        if (names.contains(scope)) {
            return Optional.of("");
        }
        return names.stream()
                .filter(name -> scope.startsWith(name + SEPARATOR))
                .map(name -> scope.substring(name.length() + 1))
                .findFirst();
    }

    private static Stream<String> scopes(@Nullable String parameter) {
        return parameter == null
                ? Stream.empty()
                : Stream.of(parameter.split(" ", -1)).filter(scope -> !scope.isBlank());
    }

    private static boolean asksForOrganizations(ClientScopeModel scope) {
        return scope.getProtocolMappersStream()
                .anyMatch(mapper -> OrganizationMembershipMapper.PROVIDER_ID.equals(mapper.getProtocolMapper()));
    }
}
