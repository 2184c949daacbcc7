package io.tenantry.realmfile;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.common.Profile;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;
import org.keycloak.util.JsonSerialization;

/**
 * The providers and themes of a server: those in the jars of its class path, which is this program's. Started with the
 * jars of another server, it knows that one's.
 */
final class KnownProviders {
    private static final String THEMES = "META-INF/keycloak-themes.json";

    private final Map<String, Spi> kinds = new HashMap<>();
    private final Map<Spi, Map<String, ProviderFactory<?>>> loaded = new HashMap<>();

    KnownProviders() {
        // Constructors of Keycloak's factories ask which features are on
        Profile.defaults();
        ServiceLoader.load(Spi.class)
                .forEach(spi -> kinds.put(spi.getProviderClass().getName(), spi));
    }

    /** Whether there is such a kind of provider, given by the name of its interface. */
    boolean isKind(String kind) {
        return kinds.containsKey(kind);
    }

    /** All of a kind by their ids. */
    Map<String, ProviderFactory<?>> of(Class<? extends Provider> kind) {
        return of(kind.getName());
    }

    Map<String, ProviderFactory<?>> of(String kind) {
        return Optional.ofNullable(kinds.get(kind))
                .map(spi -> loaded.computeIfAbsent(spi, KnownProviders::load))
                .orElse(Map.of());
    }

    private static Map<String, ProviderFactory<?>> load(Spi spi) {
        Map<String, ProviderFactory<?>> all = new LinkedHashMap<>();
        for (ProviderFactory<?> factory : ServiceLoader.load(spi.getProviderFactoryClass())) {
            all.put(factory.getId(), factory);
        }
        return all;
    }

    /** One of a kind, with the settings that it has where a server sets none. */
    Optional<ProviderFactory<?>> find(Class<? extends Provider> kind, String id) {
        Optional<ProviderFactory<?>> found = Optional.ofNullable(of(kind).get(id));
        found.ifPresent(factory -> factory.init(Config.scope(kind.getSimpleName(), id)));
        return found;
    }

    /** The names of the themes of a type, such as {@code login}. */
    Set<String> themes(String type) {
        Set<String> names = new HashSet<>();
        try {
            ClassLoader loader = KnownProviders.class.getClassLoader();
            for (URL list : Collections.list(loader.getResources(THEMES))) {
                try (InputStream in = list.openStream()) {
                    JsonSerialization.mapper.readTree(in).path("themes").forEach(theme -> {
                        if (theme.path("types").toString().contains('"' + type + '"')) {
                            names.add(theme.path("name").asText());
                        }
                    });
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read the lists of themes", e);
        }
        return names;
    }
}
