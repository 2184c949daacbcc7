package io.tenantry.revocation.listener;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;

/**
 * Keycloak's user sessions, with someone who sees which are taken out before they are. A proxy rather than a class: the
 * interface has some forty methods, among them defaults that stock overrides and others that each release deprecates, and
 * whichever a hand-written decorator leaves out would quietly be another one.
 */
final class ObservedSessions implements InvocationHandler {
    private static final Set<String> ENDING = Set.of("removeUserSession", "removeOfflineUserSession");

    private final UserSessionProvider stock;
    private final BiConsumer<RealmModel, UserSessionModel> observer;

    private ObservedSessions(UserSessionProvider stock, BiConsumer<RealmModel, UserSessionModel> observer) {
        this.stock = stock;
        this.observer = observer;
    }

    static UserSessionProvider over(UserSessionProvider stock, BiConsumer<RealmModel, UserSessionModel> observer) {
        return (UserSessionProvider) Proxy.newProxyInstance(
                ObservedSessions.class.getClassLoader(),
                new Class<?>[] {UserSessionProvider.class},
                new ObservedSessions(stock, observer));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments != null
                && arguments.length == 2
                && ENDING.contains(method.getName())
                && arguments[0] instanceof RealmModel realm
                && arguments[1] instanceof UserSessionModel ended) {
            observer.accept(realm, ended);
        }
        try {
            return method.invoke(stock, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
