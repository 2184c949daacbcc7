package io.tenantry.token;

import io.tenantry.contract.TenantClaims;
import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.TenantScopes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.organization.protocol.mappers.oidc.OrganizationMembershipMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.representations.AccessToken;
import org.keycloak.utils.JsonUtils;

/**
 * The names by which one client's tokens and scopes speak of tenants, as they are configured. Nothing else reads either.
 *
 * @param concerned whether some of the client's tokens pass through a {@value TenantClaimsMapper#PROVIDER_ID}
 * @param usable whether the settings of all of those can be read; nothing may be issued or told where not
 * @param required whether one of them wants a tenant in every token
 * @param idClaims the claims that hold a tenant's id, the configured ones first, the default one always among them
 * @param rolesClaims the claims that hold roles, likewise
 * @param scopes the scopes that name tenants
 */
record TenantNames(
        boolean concerned,
        boolean usable,
        boolean required,
        List<String> idClaims,
        List<String> rolesClaims,
        TenantScopes scopes) {
    /** Of a client that is gone: the default names. */
    private static final TenantNames DEFAULT = new TenantNames(
            false,
            true,
            false,
            List.of(TenantClaims.TENANT_ID),
            List.of(TenantClaims.TENANT_ROLES),
            new TenantScopes(Set.of(OAuth2Constants.ORGANIZATION)));

    TenantNames {
        idClaims = List.copyOf(idClaims);
        rolesClaims = List.copyOf(rolesClaims);
    }

    /** Those of a client, looked up once in a session. */
    static TenantNames of(KeycloakSession session, @Nullable ClientModel client) {
        if (client == null) {
            return DEFAULT;
        }
        String key = TenantNames.class.getName() + client.getId();
        TenantNames known = session.getAttribute(key, TenantNames.class);
        if (known == null) {
            known = of(TenantMappers.reachableFrom(client).toList(), TenantScopes.of(client));
            session.setAttribute(key, known);
        }
        return known;
    }

    static TenantNames of(List<ProtocolMapperModel> mappers, TenantScopes scopes) {
        Set<String> idClaims = new LinkedHashSet<>();
        Set<String> rolesClaims = new LinkedHashSet<>();
        boolean usable = true;
        boolean required = false;
        for (ProtocolMapperModel mapper : mappers) {
            try {
                TenantClaimsSettings settings = TenantMappers.settings(mapper);
                idClaims.add(settings.idClaim());
                rolesClaims.add(settings.rolesClaim());
                required |= settings.required();
            } catch (InvalidSettingException e) {
                usable = false;
            }
        }
        idClaims.add(TenantClaims.TENANT_ID);
        rolesClaims.add(TenantClaims.TENANT_ROLES);
        return new TenantNames(
                !mappers.isEmpty(), usable, required, new ArrayList<>(idClaims), new ArrayList<>(rolesClaims), scopes);
    }

    /**
     * The claims that are ours alone in the tokens of a client: those that its mappers write, and in a realm whose client
     * scopes have a mapper those of the realm, so that no other client can speak for a tenant either. None in realms that
     * know no mapper: there the names mean nothing.
     */
    static Stream<String> reservedFor(KeycloakSession session, ClientModel client) {
        TenantNames own = of(session, client);
        List<ProtocolMapperModel> ofRealm = client.getRealm()
                .getClientScopesStream()
                .flatMap(ProtocolMapperContainerModel::getProtocolMappersStream)
                .filter(TenantMappers::isTenantMapper)
                .toList();
        Stream<String> realm =
                ofRealm.isEmpty() ? Stream.empty() : of(ofRealm, own.scopes()).reserved();
        return own.concerned() ? Stream.concat(own.reserved(), realm) : realm;
    }

    /** The claims that are ours alone. */
    Stream<String> reserved() {
        return Stream.concat(idClaims.stream(), rolesClaims.stream());
    }

    /**
     * The tenant that a verified token is for: what our claim says, else what its scope names alone, as in lightweight
     * tokens that leave the claim to be asked for. Nothing that others may write counts; the scope of a token without a
     * tenant names none.
     */
    Optional<TenantId> tenantOf(AccessToken token) {
        Optional<TenantId> claimed = concerned
                ? idClaims.stream()
                        .flatMap(claim -> claimed(token.getOtherClaims().get(claim)).stream())
                        .findFirst()
                : Optional.empty();
        return claimed.or(() -> {
            List<TenantId> named = scopes.named(token.getScope());
            return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
        });
    }

    private static Optional<TenantId> claimed(@Nullable Object claim) {
        return claim instanceof String text && TenantId.possible(text)
                ? Optional.of(new TenantId(text))
                : Optional.empty();
    }

    /**
     * The tenants that Keycloak's own organization mappers name in a document.
     *
     * @param claims of the document
     * @param mappers that have written them
     */
    static Set<String> toldByKeycloak(Map<String, Object> claims, Stream<ProtocolMapperModel> mappers) {
        Set<String> told = new LinkedHashSet<>();
        keycloaksClaims(mappers).forEach(claim -> {
            Object value = claims;
            for (String part : JsonUtils.splitClaimPath(claim)) {
                value = value instanceof Map<?, ?> nested ? nested.get(part) : null;
            }
            collect(value, told);
        });
        return told;
    }

    /** The claims that Keycloak's own organization mappers write, as paths. */
    static Stream<String> keycloaksClaims(Stream<ProtocolMapperModel> mappers) {
        return mappers.filter(mapper -> OrganizationMembershipMapper.PROVIDER_ID.equals(mapper.getProtocolMapper()))
                .map(mapper -> mapper.getConfig()
                        .getOrDefault(OIDCAttributeMapperHelper.TOKEN_CLAIM_NAME, OAuth2Constants.ORGANIZATION));
    }

    private static void collect(@Nullable Object value, Set<String> aliases) {
        if (value instanceof Map<?, ?> byAlias) {
            byAlias.keySet().forEach(alias -> aliases.add(String.valueOf(alias)));
        } else if (value instanceof Collection<?> many) {
            many.forEach(each -> collect(each, aliases));
        } else if (value != null) {
            aliases.add(value.toString());
        }
    }
}
