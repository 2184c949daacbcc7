package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.TenantScopes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.representations.AccessToken;

class TenantNamesTest {
    private static final TenantScopes SCOPES = new TenantScopes(Set.of("organization"));
    private static final Optional<TenantId> HARBOR = Optional.of(new TenantId("harbor"));

    @Test
    void theConfiguredClaimComesBeforeTheDefaultOne() {
        TenantNames names = names(Map.of("tenant.id.claim", "lender_id", "tenant.roles.claim", "lender_roles"));
        assertThat(names.tenantOf(token(Map.of("lender_id", "harbor", "tenant_id", "summit"))))
                .isEqualTo(HARBOR);
        assertThat(names.tenantOf(token(Map.of("tenant_id", "harbor")))).isEqualTo(HARBOR);
        assertThat(names.reserved()).containsExactly("lender_id", "tenant_id", "lender_roles", "tenant_roles");
    }

    @Test
    void whatOthersMayWriteTellsNothing() {
        assertThat(names(Map.of()).tenantOf(token(Map.of("organization", List.of("harbor")))))
                .isEmpty();
        assertThat(TenantNames.of(List.of(), SCOPES).tenantOf(token(Map.of("tenant_id", "harbor"))))
                .as("in a client without our mapper")
                .isEmpty();
        assertThat(names(Map.of()).tenantOf(token(Map.of("tenant_id", List.of("harbor")))))
                .isEmpty();
    }

    @Test
    void withoutAnyClaimTheScopeTellsIfItNamesOne() {
        TenantNames names = names(Map.of());
        AccessToken token = token(Map.of());
        token.setScope("openid organization:harbor");
        assertThat(names.tenantOf(token)).isEqualTo(HARBOR);
        token.setScope("openid organization:harbor organization:summit");
        assertThat(names.tenantOf(token)).isEmpty();
        token.setScope("openid organization");
        assertThat(names.tenantOf(token)).isEmpty();
    }

    @Test
    void aValueThatCannotBeAnIdIsNone() {
        TenantNames names = names(Map.of());
        assertThat(names.tenantOf(token(Map.of("tenant_id", "")))).isEmpty();
        assertThat(names.tenantOf(token(Map.of("tenant_id", "x".repeat(300))))).isEmpty();
        assertThat(names.tenantOf(token(Map.of("tenant_id", 7)))).isEmpty();
    }

    @Test
    void oneUnusableMapperMakesAllUnusable() {
        assertThat(TenantNames.of(List.of(mapper(Map.of()), mapper(Map.of("tenant.bytes.limit", "x"))), SCOPES)
                        .usable())
                .isFalse();
        assertThat(names(Map.of()).usable()).isTrue();
    }

    @Test
    void theStricterOfTwoMappersHolds() {
        assertThat(TenantNames.of(List.of(mapper(Map.of()), mapper(Map.of("tenant.required", "true"))), SCOPES)
                        .required())
                .isTrue();
        assertThat(TenantNames.of(List.of(), SCOPES).concerned()).isFalse();
    }

    private static TenantNames names(Map<String, String> config) {
        return TenantNames.of(List.of(mapper(config)), SCOPES);
    }

    private static ProtocolMapperModel mapper(Map<String, String> config) {
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setProtocolMapper(TenantClaimsMapper.PROVIDER_ID);
        mapper.setConfig(config);
        return mapper;
    }

    private static AccessToken token(Map<String, Object> claims) {
        AccessToken token = new AccessToken();
        token.getOtherClaims().putAll(claims);
        return token;
    }
}
