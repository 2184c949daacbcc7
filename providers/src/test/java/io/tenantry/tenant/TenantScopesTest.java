package io.tenantry.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TenantScopesTest {
    private static final TenantId HARBOR = new TenantId("harbor");

    private final TenantScopes scopes = new TenantScopes(Set.of("organization"));

    @Test
    void namesTheTenantsThatFollowTheColon() {
        assertThat(scopes.named("openid organization:harbor profile")).containsExactly(HARBOR);
        assertThat(scopes.named("organization:harbor organization:summit organization:harbor"))
                .containsExactly(HARBOR, new TenantId("summit"));
        assertThat(scopes.named("organization:har:bor")).containsExactly(new TenantId("har:bor"));
    }

    @Test
    void neitherTheBareNameNorTheStarNamesATenant() {
        for (String any : List.of("organization", "organization:*", "openid organization")) {
            assertThat(scopes.named(any)).isEmpty();
            assertThat(scopes.asksForAny(any)).isTrue();
        }
        assertThat(scopes.asksForOne("openid organization")).isTrue();
        assertThat(scopes.asksForOne("openid organization:*")).isFalse();
    }

    @Test
    void otherScopesSayNothingHoweverAlike() {
        for (String other : List.of("openid", "organizations", "organizations:harbor", "my:organization:harbor", "")) {
            assertThat(scopes.named(other)).isEmpty();
            assertThat(scopes.asksForAny(other)).isFalse();
        }
        assertThat(scopes.named(null)).isEmpty();
    }

    @Test
    void aScopeOfAnotherNameSaysTheSameAndTheUsualNameNothing() {
        TenantScopes renamed = new TenantScopes(Set.of("lender"));
        assertThat(renamed.named("lender:harbor")).containsExactly(HARBOR);
        assertThat(renamed.named("organization:harbor")).isEmpty();
        assertThat(renamed.replacedBy("openid lender", HARBOR)).isEqualTo("openid lender:harbor");
    }

    @Test
    void aChoiceReplacesAllThatWasSaidAboutTenants() {
        assertThat(scopes.replacedBy("openid organization:* profile organization:summit", HARBOR))
                .isEqualTo("openid profile organization:harbor");
        assertThat(scopes.replacedBy(null, HARBOR)).isEqualTo("organization:harbor");
    }

    @Test
    void namingLeavesNoOtherTenant() {
        assertThat(scopes.naming(HARBOR, "openid organization:summit profile organization:northbank"))
                .isEqualTo("openid organization:harbor profile");
        assertThat(new TenantScopes(Set.of("lender")).naming(HARBOR, "lender:summit openid"))
                .isEqualTo("lender:harbor openid");
        assertThat(scopes.naming(HARBOR, "organization:" + "x".repeat(TenantId.MAX_LENGTH + 1)))
                .isEqualTo("organization:harbor");
    }

    @Test
    void namingAddsNothingWhereNoneIsNamed() {
        for (String none : List.of("openid", "openid organization", "organization:* email", "organizations:summit")) {
            assertThat(scopes.naming(HARBOR, none)).isEqualTo(none);
        }
        assertThat(scopes.naming(HARBOR, null)).isEmpty();
    }

    @Test
    void withoutLeavesOtherScopesAlone() {
        assertThat(scopes.without("openid organization:harbor profile organization:* organization"))
                .isEqualTo("openid profile");
        assertThat(scopes.without("openid organizations")).isEqualTo("openid organizations");
        assertThat(scopes.without(null)).isEmpty();
    }

    @Test
    void aClientWithoutSuchAScopeCannotSayIt() {
        TenantScopes none = new TenantScopes(Set.of());
        assertThat(none.named("organization:harbor")).isEmpty();
        assertThat(none.replacedBy("openid", HARBOR)).isEqualTo("openid");
    }

    @Test
    void whatIsTooLongForAnIdIsNone() {
        assertThat(scopes.named("organization:" + "x".repeat(TenantId.MAX_LENGTH + 1)))
                .isEmpty();
    }
}
