package io.tenantry.token;

import io.tenantry.contract.TenantClaims;
import io.tenantry.tenant.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;

/**
 * The tenant of a token that a request presents and that Keycloak has verified. It binds whatever is issued or told in
 * exchange: the tenant is carried by tokens alone, never by a session, since the tabs of a browser share that.
 *
 * @param tenant null if the token is for no tenant
 * @param mayGain whether what is told for a token without a tenant may find one by the token's plain scope; what is
 *     issued for it may not
 */
record PresentedTenant(@Nullable TenantId tenant, boolean mayGain) {
    /**
     * Reads a verified token.
     *
     * @param issuedTo the client that it was issued to; null if that client is gone
     */
    static PresentedTenant of(AccessToken token, @Nullable ClientModel issuedTo) {
        Stream<String> ownClaims = issuedTo == null
                ? Stream.empty()
                : TenantMappers.reachableFrom(issuedTo)
                        .map(mapper -> TenantMappers.settings(mapper).idClaim());
        @Nullable TenantId tenant = Stream.concat(Stream.of(TenantClaims.TENANT_ID), ownClaims)
                .distinct()
                .flatMap(claim -> single(token.getOtherClaims().get(claim)).stream())
                .findFirst()
                .or(() -> single(token.getOtherClaims().get(OAuth2Constants.ORGANIZATION)))
                .or(() -> namedBy(token.getScope()))
                .map(TenantId::new)
                .orElse(null);
        return new PresentedTenant(tenant, true);
    }

    /** The same for a request that issues a token. */
    PresentedTenant forIssue() {
        return new PresentedTenant(tenant, false);
    }

    /** Remembers it for the rest of the request. */
    void bind(KeycloakSession session) {
        session.setAttribute(PresentedTenant.class.getName(), this);
    }

    /** What was remembered; empty where the request presents no token. */
    static Optional<PresentedTenant> in(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(PresentedTenant.class.getName(), PresentedTenant.class));
    }

    private static Optional<String> single(@Nullable Object claim) {
        if (claim instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        if (claim instanceof Collection<?> several && several.size() == 1) {
            return single(several.iterator().next());
        }
        if (claim instanceof Map<?, ?> byAlias && byAlias.size() == 1) {
            return single(byAlias.keySet().iterator().next());
        }
        return Optional.empty();
    }

    private static Optional<String> namedBy(@Nullable String scope) {
        if (scope == null) {
            return Optional.empty();
        }
        String prefix = OAuth2Constants.ORGANIZATION + ":";
        List<String> named = Stream.of(scope.split(" "))
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .filter(alias -> !alias.isBlank() && !alias.equals("*"))
                .toList();
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }
}
