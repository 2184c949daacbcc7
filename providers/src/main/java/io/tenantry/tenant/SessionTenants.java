package io.tenantry.tenant;

import java.util.Optional;
import java.util.Set;
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
 * may be several, each with a note of its own: two tabs write at once. No token takes its tenant from here. A tenant whose
 * tokens have ended is forgotten, and what was issued before it is entered again stays ended.
 */
public final class SessionTenants {
    /** The tenant's id follows; the value is the epoch second of the first token. */
    private static final String NOTE = "tenantry.tenant:";

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
        Set<TenantId> noted = clientSession.getNotes().keySet().stream()
                .filter(note -> note.startsWith(NOTE))
                .map(note -> new TenantId(note.substring(NOTE.length())))
                .collect(Collectors.toCollection(TreeSet::new));
        return noted.isEmpty()
                ? new TreeSet<>(
                        TenantScopes.of(clientSession.getClient()).named(clientSession.getNote(OAuth2Constants.SCOPE)))
                : noted;
    }

    /**
     * Whether what was issued for a tenant at a moment has not ended since.
     *
     * @param issuedAt in epoch seconds
     */
    public static boolean serves(AuthenticatedClientSessionModel clientSession, TenantId tenant, long issuedAt) {
        String since = clientSession.getNote(NOTE + tenant.value());
        return since != null && Long.parseLong(since) <= issuedAt;
    }

    /** Forgets a tenant whose tokens have ended, where the session goes on for others. */
    public static void forget(AuthenticatedClientSessionModel clientSession, TenantId tenant) {
        clientSession.removeNote(NOTE + tenant.value());
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
        if (clientSession.getNote(NOTE + tenant.value()) == null) {
            clientSession.setNote(NOTE + tenant.value(), Long.toString(issuedAt));
        }
    }
}
