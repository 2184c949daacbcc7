package io.tenantry.documentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.keycloak.authentication.authenticators.broker.IdpReviewProfileAuthenticatorFactory;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/** What the jar brings, but for what stands in for a provider of stock's under its id. */
final class OwnProviders {
    private OwnProviders() {}

    /** Those of one kind. */
    static <T> Stream<T> ours(Class<T> service) {
        return ServiceLoader.load(service).stream()
                .filter(provider -> provider.type().getName().startsWith("io.tenantry."))
                .map(ServiceLoader.Provider::get)
                .filter(provider -> !((ProviderFactory<?>) provider).getId().startsWith("oidc-"));
    }

    /** Those of these kinds, which the console has settings for, by their ids. */
    @SafeVarargs
    static Stream<ConfiguredProvider> configured(Class<? extends ConfiguredProvider>... services) {
        List<ConfiguredProvider> all = new ArrayList<>();
        for (Class<? extends ConfiguredProvider> service : services) {
            ours(service)
                    .sorted(Comparator.comparing(provider -> ((ProviderFactory<?>) provider).getId()))
                    .forEach(all::add);
        }
        return all.stream();
    }

    /** What Keycloak adds to each protocol mapper under its own keys, and what its review page has. */
    static boolean isStock(ProviderConfigProperty setting) {
        return setting.getLabel().startsWith("includeIn")
                || setting.getName().equals(IdpReviewProfileAuthenticatorFactory.UPDATE_PROFILE_ON_FIRST_LOGIN);
    }
}
