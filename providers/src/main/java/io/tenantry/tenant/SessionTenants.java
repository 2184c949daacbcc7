package io.tenantry.tenant;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;

/**
 * For which tenants tokens were issued in a client session. The tabs of a browser share one, so that it may be several;
 * no token takes its tenant from here.
 */
public final class SessionTenants {
    /** Ids, separated by a character that none contains. */
    private static final String NOTE = "tenantry.tenants";

    private static final String SEPARATOR = "\n";
    private static final String NAMED = OAuth2Constants.ORGANIZATION + ":";

    private SessionTenants() {}

    /**
     * Notes that a token was issued for a tenant.
     *
     * @param offline whether the refresh token is an offline one, whose session is another that shares the id
     */
    public static void note(
            KeycloakSession session, AuthenticatedClientSessionModel clientSession, TenantId tenant, boolean offline) {
        add(clientSession, tenant);
        UserSessionModel userSession = clientSession.getUserSession();
        if (offline && !userSession.isOffline()) {
            Optional.ofNullable(session.sessions().getOfflineUserSession(userSession.getRealm(), userSession.getId()))
                    .map(kept -> kept.getAuthenticatedClientSessionByClient(
                            clientSession.getClient().getId()))
                    .ifPresent(kept -> add(kept, tenant));
        }
    }

    /**
     * Those tenants. Before the first token it is the one that the sign-in names, if it names one; empty where nothing
     * tells.
     */
    public static Set<TenantId> of(AuthenticatedClientSessionModel clientSession) {
        String noted = clientSession.getNote(NOTE);
        return noted == null
                ? named(clientSession.getNote(OAuth2Constants.SCOPE))
                : ids(Stream.of(noted.split(SEPARATOR, -1)));
    }

    /** Forgets a tenant whose tokens have ended, where the session goes on for others. */
    public static void forget(AuthenticatedClientSessionModel clientSession, TenantId tenant) {
        Set<TenantId> left = of(clientSession);
        if (left.remove(tenant)) {
            write(clientSession, left);
        }
    }

    private static void add(AuthenticatedClientSessionModel clientSession, TenantId tenant) {
        String noted = clientSession.getNote(NOTE);
        Set<TenantId> all = noted == null ? new TreeSet<>() : ids(Stream.of(noted.split(SEPARATOR, -1)));
        if (all.add(tenant)) {
            write(clientSession, all);
        }
    }

    private static void write(AuthenticatedClientSessionModel clientSession, Set<TenantId> tenants) {
        clientSession.setNote(NOTE, tenants.stream().map(TenantId::value).collect(Collectors.joining(SEPARATOR)));
    }

    private static Set<TenantId> named(@Nullable String scope) {
        return scope == null
                ? new TreeSet<>()
                : ids(Stream.of(scope.split(" ", -1))
                        .filter(name -> name.startsWith(NAMED) && !name.equals(NAMED + "*"))
                        .map(name -> name.substring(NAMED.length())));
    }

    private static Set<TenantId> ids(Stream<String> values) {
        return values.filter(TenantId::possible).map(TenantId::new).collect(Collectors.toCollection(TreeSet::new));
    }
}
