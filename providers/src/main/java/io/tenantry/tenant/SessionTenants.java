package io.tenantry.tenant;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/**
 * For which tenants tokens were issued in a client session, and since when. The tabs of a browser share one, so that it
 * may be several; no token takes its tenant from here. A tenant whose tokens have ended is forgotten, and what was issued
 * before it is entered again stays ended.
 */
public final class SessionTenants {
    /** One a line: the id, a tab, and the epoch second of the first token. */
    private static final String NOTE = "tenantry.tenants";

    private static final String SEPARATOR = "\n";
    private static final String SINCE = "\t";

    private SessionTenants() {}

    /**
     * Notes that tokens were issued for a tenant.
     *
     * @param issuedAt of the tokens, in epoch seconds
     * @param offline whether the refresh token is an offline one, whose session is another that shares the id
     */
    public static void note(
            KeycloakSession session,
            AuthenticatedClientSessionModel clientSession,
            TenantId tenant,
            long issuedAt,
            boolean offline) {
        add(clientSession, tenant, issuedAt);
        UserSessionModel userSession = clientSession.getUserSession();
        if (offline && !userSession.isOffline()) {
            Optional.ofNullable(session.sessions().getOfflineUserSession(userSession.getRealm(), userSession.getId()))
                    .map(kept -> kept.getAuthenticatedClientSessionByClient(
                            clientSession.getClient().getId()))
                    .ifPresent(kept -> add(kept, tenant, issuedAt));
        }
    }

    /**
     * Those tenants. Before the first token it is the one that the sign-in names, if it names one; empty where nothing
     * tells.
     */
    public static Set<TenantId> of(AuthenticatedClientSessionModel clientSession) {
        return noted(clientSession)
                .<Set<TenantId>>map(noted -> new TreeSet<>(noted.keySet()))
                .orElseGet(() -> new TreeSet<>(TenantScopes.of(clientSession.getClient())
                        .named(clientSession.getNote(OAuth2Constants.SCOPE))));
    }

    /**
     * Whether what was issued for a tenant at a moment has not ended since.
     *
     * @param issuedAt in epoch seconds
     */
    public static boolean serves(AuthenticatedClientSessionModel clientSession, TenantId tenant, long issuedAt) {
        return noted(clientSession)
                .map(noted -> noted.get(tenant))
                .filter(since -> since <= issuedAt)
                .isPresent();
    }

    /** Forgets a tenant whose tokens have ended, where the session goes on for others. */
    public static void forget(AuthenticatedClientSessionModel clientSession, TenantId tenant) {
        Map<TenantId, Long> left = noted(clientSession).orElseGet(TreeMap::new);
        left.remove(tenant);
        write(clientSession, left);
    }

    /** The same in all sessions of a user, offline ones included. */
    public static void forget(KeycloakSession session, RealmModel realm, UserModel user, TenantId tenant) {
        // Collected first: writing to a session can change what the streams read
        Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                .toList()
                .forEach(userSession -> userSession
                        .getAuthenticatedClientSessions()
                        .values()
                        .forEach(clientSession -> forget(clientSession, tenant)));
    }

    private static void add(AuthenticatedClientSessionModel clientSession, TenantId tenant, long issuedAt) {
        Map<TenantId, Long> all = noted(clientSession).orElseGet(TreeMap::new);
        if (all.putIfAbsent(tenant, issuedAt) == null) {
            write(clientSession, all);
        }
    }

    private static void write(AuthenticatedClientSessionModel clientSession, Map<TenantId, Long> tenants) {
        clientSession.setNote(
                NOTE,
                tenants.entrySet().stream()
                        .map(entry -> entry.getKey().value() + SINCE + entry.getValue())
                        .collect(Collectors.joining(SEPARATOR)));
    }

    private static Optional<Map<TenantId, Long>> noted(AuthenticatedClientSessionModel clientSession) {
        return Optional.ofNullable(clientSession.getNote(NOTE))
                .map(noted -> Stream.of(noted.split(SEPARATOR, -1))
                        .map(line -> line.split(SINCE, 2))
                        .filter(parts -> parts.length == 2)
                        .collect(Collectors.toMap(
                                parts -> new TenantId(parts[0]),
                                parts -> Long.valueOf(parts[1]),
                                Math::min,
                                TreeMap::new)));
    }
}
