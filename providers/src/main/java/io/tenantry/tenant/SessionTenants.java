package io.tenantry.tenant;

import java.util.Map;
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
    /** The tenant's id follows; the value is the epoch second of the first token, or {@link #FORGOTTEN}. */
    private static final String NOTE = "tenantry.tenant:";

    private static final String FORGOTTEN = "";

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
        Map<String, String> notes = clientSession.getNotes();
        if (notes.keySet().stream().noneMatch(note -> note.startsWith(NOTE))) {
            return new TreeSet<>(
                    TenantScopes.of(clientSession.getClient()).named(clientSession.getNote(OAuth2Constants.SCOPE)));
        }
        return notes.entrySet().stream()
                .filter(note -> note.getKey().startsWith(NOTE))
                .filter(note -> !note.getValue().equals(FORGOTTEN))
                .map(note -> new TenantId(note.getKey().substring(NOTE.length())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Whether what was issued for a tenant at a moment has not ended since.
     *
     * @param issuedAt in epoch seconds
     */
    public static boolean serves(AuthenticatedClientSessionModel clientSession, TenantId tenant, long issuedAt) {
        return since(clientSession, tenant)
                .filter(since -> Long.parseLong(since) <= issuedAt)
                .isPresent();
    }

    /** Forgets a tenant whose tokens have ended, where the session goes on for others. */
    public static void forget(AuthenticatedClientSessionModel clientSession, TenantId tenant) {
        clientSession.setNote(NOTE + tenant.value(), FORGOTTEN);
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
        if (since(clientSession, tenant).isEmpty()) {
            clientSession.setNote(NOTE + tenant.value(), Long.toString(issuedAt));
        }
    }

    private static Optional<String> since(AuthenticatedClientSessionModel clientSession, TenantId tenant) {
        return Optional.ofNullable(clientSession.getNote(NOTE + tenant.value()))
                .filter(since -> !since.equals(FORGOTTEN));
    }
}
