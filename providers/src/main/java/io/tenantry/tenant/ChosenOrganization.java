package io.tenantry.tenant;

import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The organization that was chosen in a sign-in, where Keycloak keeps it: by internal id, in notes. The notes of a client
 * session are shared by the tabs of a browser, and the last to choose overwrites them.
 */
public final class ChosenOrganization {
    /** The note's name, and that of the field of Keycloak's selection page. */
    public static final String NOTE = OrganizationModel.ORGANIZATION_ATTRIBUTE;

    private ChosenOrganization() {}

    /** The one that the sign-in goes on with: chosen on the page, or entered by an authenticator of ours. */
    public static Optional<String> of(AuthenticationSessionModel signIn) {
        return Optional.ofNullable(signIn.getClientNote(NOTE));
    }

    /** The one that Keycloak has found for a sign-in that has not chosen yet. */
    public static Optional<String> found(AuthenticationSessionModel signIn) {
        return Optional.ofNullable(signIn.getAuthNote(NOTE));
    }

    /** The one that the last sign-in of this client in this session went on with. */
    public static Optional<String> of(AuthenticatedClientSessionModel clientSession) {
        return Optional.ofNullable(clientSession.getNote(NOTE));
    }

    /** Forgets the one of an earlier sign-in of this client. */
    public static void forget(AuthenticatedClientSessionModel clientSession) {
        clientSession.removeNote(NOTE);
    }

    /** Goes on with a tenant in a sign-in. */
    public static void choose(KeycloakSession session, AuthenticationSessionModel signIn, Tenant tenant) {
        if (tenant instanceof OrganizationTenant shared) {
            signIn.setClientNote(NOTE, shared.organization().getId());
        }
        enter(session, tenant);
    }

    /** The same where the tenant's identity provider vouches, for what Keycloak has found as well. */
    public static void vouched(KeycloakSession session, AuthenticationSessionModel signIn, Tenant tenant) {
        if (tenant instanceof OrganizationTenant shared) {
            signIn.setAuthNote(NOTE, shared.organization().getId());
        }
        choose(session, signIn, tenant);
    }

    /** Has Keycloak's own mappers and pages speak of a tenant for the rest of the request; of none in a realm of its own. */
    public static void enter(KeycloakSession session, Tenant tenant) {
        session.getContext()
                .setOrganization(tenant instanceof OrganizationTenant shared ? shared.organization() : null);
    }

    /** Has them speak of none. */
    public static void leave(KeycloakSession session) {
        session.getContext().setOrganization(null);
    }
}
