package io.tenantry.revocation.listener;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;

/**
 * Keycloak's user sessions, with someone who sees which are taken out, or go on offline, before they do. A proxy rather
 * than a class: the interface has some forty methods, among them defaults that stock overrides and others that each release
 * deprecates, and whichever a hand-written decorator leaves out would quietly be another one.
 */
final class ObservedSessions implements InvocationHandler {
    private static final Set<String> ENDING = Set.of("removeUserSession", "removeOfflineUserSession");

    private final UserSessionProvider stock;
    private final Observer observer;

    /** Who is told. */
    interface Observer {
        /** A session is about to be taken out. */
        void ends(RealmModel realm, UserSessionModel ended);

        /** A session is about to get a namesake that goes on offline. */
        void goesOnOffline(UserSessionModel online);
    }

    private ObservedSessions(UserSessionProvider stock, Observer observer) {
        this.stock = stock;
        this.observer = observer;
    }

    static UserSessionProvider over(UserSessionProvider stock, Observer observer) {
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
            observer.ends(realm, ended);
        }
        if (arguments != null
                && method.getName().equals("createOfflineUserSession")
                && arguments[0] instanceof UserSessionModel online) {
            observer.goesOnOffline(online);
        }
        try {
            return method.invoke(stock, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
