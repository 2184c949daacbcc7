package io.tenantry.brokering;

import io.tenantry.doctor.Finding;
import java.util.List;
import java.util.stream.Stream;

/** Decides what is wrong with how a tenant's identity provider signs people in. */
final class ProviderRules {
    private static final String CREATE = "idp-create-user-if-unique";
    private static final String STOCK_REVIEW = "idp-review-profile";
    private static final String AUTO_LINK = "idp-auto-link";

    private ProviderRules() {}

    static Stream<Finding> check(ProviderFacts provider, List<String> rulesMappers) {
        return Stream.of(
                        withoutRules(provider, rulesMappers), unguarded(provider), review(provider), autoLink(provider))
                .flatMap(found -> found);
    }

    private static Stream<Finding> withoutRules(ProviderFacts provider, List<String> rulesMappers) {
        return rulesMappers.stream().anyMatch(provider.mappers()::contains)
                ? Stream.empty()
                : Stream.of(Finding.error(
                        "identity-provider-without-rules",
                        "The identity provider of a tenant may vouch for anybody.",
                        provider.where(),
                        "Add the mapper " + String.join(" or ", rulesMappers) + "."));
    }

    private static Stream<Finding> unguarded(ProviderFacts provider) {
        int guard = provider.steps().indexOf(TenantLinkGuardFactory.ID);
        int create = provider.steps().indexOf(CREATE);
        return guard >= 0 && (create < 0 || guard < create)
                ? Stream.empty()
                : Stream.of(Finding.error(
                        "first-login-without-guard",
                        "The first login through a tenant's identity provider can take over an account of another one.",
                        provider.where() + ", first login flow " + provider.flow(),
                        "Use a flow with " + TenantLinkGuardFactory.ID + " as required before " + CREATE + "."));
    }

    private static Stream<Finding> review(ProviderFacts provider) {
        return provider.steps().contains(STOCK_REVIEW)
                ? Stream.of(Finding.warning(
                        "first-login-profile-open",
                        "On its first login a user can change what the identity provider asserted.",
                        provider.where() + ", first login flow " + provider.flow(),
                        "Put " + TenantReviewProfileFactory.ID + " in place of " + STOCK_REVIEW + "."))
                : Stream.empty();
    }

    private static Stream<Finding> autoLink(ProviderFacts provider) {
        return provider.steps().contains(AUTO_LINK)
                ? Stream.of(Finding.error(
                        "first-login-without-proof",
                        "An existing account is linked though its owner proved nothing.",
                        provider.where() + ", first login flow " + provider.flow(),
                        "Ask for the password or a link by email in place of " + AUTO_LINK + "."))
                : Stream.empty();
    }
}
