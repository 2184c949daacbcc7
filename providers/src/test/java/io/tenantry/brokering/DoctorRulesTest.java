package io.tenantry.brokering;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.doctor.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoctorRulesTest {
    private static final List<String> RULES = List.of("tenant-saml-rules");

    @Test
    void ruledAndGuardedProviderIsWell() {
        assertThat(ProviderRules.check(
                        new ProviderFacts(
                                "idp",
                                RULES,
                                "flow",
                                List.of("tenant-review-profile", "tenant-link-guard", "idp-create-user-if-unique")),
                        RULES))
                .isEmpty();
    }

    @Test
    void stockProviderHasEveryFault() {
        assertThat(ProviderRules.check(
                        new ProviderFacts(
                                "idp",
                                List.of(),
                                "first broker login",
                                List.of("idp-review-profile", "idp-create-user-if-unique", "idp-auto-link")),
                        RULES))
                .extracting(Finding::check)
                .containsExactlyInAnyOrder(
                        "identity-provider-without-rules",
                        "first-login-without-guard",
                        "first-login-profile-open",
                        "first-login-without-proof");
    }

    @Test
    void guardAfterTheCreationGuardsNothing() {
        assertThat(ProviderRules.check(
                        new ProviderFacts(
                                "idp", RULES, "flow", List.of("idp-create-user-if-unique", "tenant-link-guard")),
                        RULES))
                .extracting(Finding::check)
                .containsExactly("first-login-without-guard");
    }

    @Test
    void domainOfTwoTenantsIsFoundThroughWildcardsToo() {
        assertThat(DomainRules.check(Map.of(
                        "a", List.of("a.example", "*.Group.example"),
                        "b", List.of("b.example", "sub.group.example"),
                        "c", List.of("c.example", "A.example"))))
                .extracting(Finding::where)
                .containsExactly("organizations a and b", "organizations a and c");
    }

    @Test
    void ownDomainsDoNotClash() {
        assertThat(DomainRules.check(
                        Map.of("a", List.of("a.example", "*.a.example", "a.example"), "b", List.of("b-a.example"))))
                .isEmpty();
    }
}
