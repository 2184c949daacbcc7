package io.tenantry.brokering;

import io.tenantry.branding.PlainText;
import io.tenantry.tenant.PageTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.Tenants;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorPageException;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Tells of a rejected sign-in: the user by a page with a reference, the admin by an event that carries the same
 * reference and the rule. The request is rolled back; the event is stored in a transaction of its own.
 */
public final class Rejections {
    /** Details of the event, beside {@code identity_provider}. */
    public static final String TENANT_DETAIL = "tenant";

    public static final String RULE_DETAIL = "rule";
    public static final String REFERENCE_DETAIL = "reference";

    static final String ASK_CONTACT = "tenantryBrokeringRejectedAskContact";
    static final String ASK_TENANT = "tenantryBrokeringRejectedAskTenant";

    private static final char[] READABLE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789".toCharArray();
    private static final int REFERENCE_LENGTH = 10;

    private final KeycloakSession session;

    public Rejections(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Stores the event and builds the page.
     *
     * @param contact whom to ask; empty for the tenant itself
     */
    public ErrorPageException reject(
            Rule rule,
            IdentityProviderModel provider,
            @Nullable AuthenticationSessionModel authSession,
            String contact) {
        String reference = SecretGenerator.getInstance().randomString(REFERENCE_LENGTH, READABLE);
        Tenant tenant = new Tenants(session).ofIdentityProvider(provider).orElse(null);
        EventBuilder event = new EventBuilder(
                        session.getContext().getRealm(),
                        session,
                        session.getContext().getConnection())
                .event(EventType.IDENTITY_PROVIDER_LOGIN)
                .detail(Details.IDENTITY_PROVIDER, provider.getAlias())
                .detail(RULE_DETAIL, rule.id())
                .detail(REFERENCE_DETAIL, reference);
        // A token exchange has no such session
        if (authSession != null) {
            event.client(authSession.getClient());
        }
        if (tenant != null) {
            event.detail(TENANT_DETAIL, tenant.id().value());
        }
        event.error(Errors.NOT_ALLOWED);
        // At the end of a first login the server turns exceptions into pages, and would commit
        session.getTransactionManager().setRollbackOnly();
        PageTenant.tell(session, tenant);
        String whom = PlainText.of(tenant != null ? tenant.displayName() : name(provider));
        Object[] parameters = contact.isEmpty()
                ? new Object[] {whom, reference}
                : new Object[] {whom, reference, PlainText.of(contact)};
        return new ErrorPageException(
                session,
                authSession,
                Response.Status.FORBIDDEN,
                contact.isEmpty() ? ASK_TENANT : ASK_CONTACT,
                parameters);
    }

    private static String name(IdentityProviderModel provider) {
        String name = provider.getDisplayName();
        return name == null || name.isBlank() ? provider.getAlias() : name;
    }
}
