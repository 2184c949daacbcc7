package io.tenantry.realmfile;

import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;

/**
 * A session without a server, for parsers that ask a session for a provider. It gives providers and nothing else: a
 * parser that wants to know more cannot be used here, and says so.
 */
final class OfflineSession {
    private final KnownProviders known;

    OfflineSession(KnownProviders known) {
        this.known = known;
    }

    KeycloakSession open() {
        return (KeycloakSession) Proxy.newProxyInstance(
                KeycloakSession.class.getClassLoader(),
                new Class<?>[] {KeycloakSession.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProvider" -> provider((KeycloakSession) proxy, arguments);
                    // Providers keep it for later, and ask it nothing while they parse
                    case "getContext" -> null;
                    case "toString" -> "a session without a server";
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default ->
                        throw new UnsupportedOperationException(
                                "KeycloakSession." + method.getName() + " needs a server");
                });
    }

    private @Nullable Object provider(KeycloakSession session, Object[] arguments) {
        if (arguments.length != 2 || !(arguments[1] instanceof String id)) {
            throw new UnsupportedOperationException("a provider without an id needs a server");
        }
        @SuppressWarnings("unchecked")
        Class<? extends Provider> kind = (Class<? extends Provider>) arguments[0];
        Optional<ProviderFactory<?>> factory = known.find(kind, id);
        return factory.map(found -> found.create(session)).orElse(null);
    }
}
