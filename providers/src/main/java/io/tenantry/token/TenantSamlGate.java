package io.tenantry.token;

import io.tenantry.contract.Selector;
import io.tenantry.proof.SessionProof;
import io.tenantry.proof.SessionProofs;
import io.tenantry.proof.Trust;
import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.ChosenOrganization;
import io.tenantry.tenant.IssueCutoffs;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.Tenant;
import io.tenantry.tenant.TenantId;
import io.tenantry.tenant.Tenants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/**
 * Decides what a SAML client gets to know of tenants by a sign-in, once a request, from how things stand at this moment:
 * docs/decisions/0018-saml-clients.md.
 */
final class TenantSamlGate {
    private static final Logger LOG = Logger.getLogger(TenantSamlGate.class);

    private final KeycloakSession session;
    private final Tenants tenants;

    TenantSamlGate(KeycloakSession session) {
        this.session = session;
        this.tenants = new Tenants(session);
    }

    /** The answer for a client session whose assertion is about to be made. */
    TenantSamlAnswer answer(AuthenticatedClientSessionModel signIn) {
        String key = TenantSamlAnswer.class.getName() + '.' + signIn.getId();
        TenantSamlAnswer known = session.getAttribute(key, TenantSamlAnswer.class);
        if (known == null) {
            known = decide(signIn);
            session.setAttribute(key, known);
        }
        return known;
    }

    /**
     * Reports a refusal and undoes what the sign-in did. The event is stored in a transaction of its own; it is not the
     * sign-in's, which says that all went well.
     */
    void refuse(AuthenticatedClientSessionModel signIn, TenantSamlAnswer.Refused refused) {
        UserSessionModel userSession = signIn.getUserSession();
        new EventBuilder(signIn.getRealm(), session, session.getContext().getConnection())
                .event(EventType.LOGIN)
                .client(signIn.getClient())
                .user(userSession.getUser())
                .session(userSession)
                .detail(Details.REASON, refused.reason())
                .error(refused.refusal().eventError());
        session.getTransactionManager().setRollbackOnly();
    }

    private TenantSamlAnswer decide(AuthenticatedClientSessionModel signIn) {
        ClientModel client = signIn.getClient();
        try {
            TenantSamlClient setup = TenantSamlClient.of(client);
            return tenants.dedicated()
                    .map(own -> ofOwnRealm(setup, own, signIn))
                    .orElseGet(() -> ofSharedRealm(setup, signIn));
        } catch (InvalidSettingException e) {
            LOG.errorf(
                    "Nobody can sign in to the SAML client %s of realm %s: %s",
                    client.getClientId(), client.getRealm().getName(), e.getMessage());
            return new TenantSamlAnswer.Refused(TenantRefusal.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /** All users of the realm are the tenant's, so that there is nobody to keep out. */
    private TenantSamlAnswer ofOwnRealm(
            TenantSamlClient setup, RealmTenant own, AuthenticatedClientSessionModel signIn) {
        return setup.tells().isEmpty() ? new TenantSamlAnswer.Untouched() : told(setup, own, signIn);
    }

    private TenantSamlAnswer ofSharedRealm(TenantSamlClient setup, AuthenticatedClientSessionModel signIn) {
        UserSessionModel userSession = signIn.getUserSession();
        SessionProof proof = new SessionProofs(session).of(userSession, null);
        boolean restricted = !proof.trust().equals(Trust.anywhere());
        if (!setup.concerned()
                && !(setup.organizations() && (restricted || TenantSamlClient.inUse(signIn.getRealm())))) {
            return new TenantSamlAnswer.Untouched();
        }
        TenantSamlRules.Outcome<Tenant> outcome = outcome(setup, signIn, proof);
        Tenant tenant = outcome.tenant();
        TenantRefusal refusal = tenant == null ? outcome.refusal() : overtaken(signIn, tenant.id());
        if (tenant != null && refusal == null) {
            return told(setup, tenant, signIn);
        }
        TenantRefusal reason = refusal == null ? TenantRefusal.MISSING : refusal;
        return setup.required()
                ? new TenantSamlAnswer.Refused(reason, text(reason))
                : new TenantSamlAnswer.Told(Optional.empty(), setup.organizations(), setup.reserved(), Map.of());
    }

    /** For administrators: a refusal's own text speaks to clients of OAuth, of scopes and requests. */
    private static String text(TenantRefusal refusal) {
        return switch (refusal) {
            case MISSING -> "The user is in no tenant that the client serves and the session may be for";
            case AMBIGUOUS -> "The user is in several tenants that the client serves, and none was chosen";
            case STEP_UP_NEEDED -> "The session does not meet what the tenant demands of a login";
            case OVERTAKEN -> "What the assertion was to be made from has ended meanwhile";
            case MISCONFIGURED -> "The settings of a mapper, or of the tenant, cannot be read";
            case LOST, REVOKED, UNAVAILABLE, VOUCHED_ELSEWHERE, PINNED, SWITCH_FORBIDDEN, TOO_LARGE ->
                "The tenant of the sign-in is not available to its user, in this client and this session";
        };
    }

    private TenantSamlRules.Outcome<Tenant> outcome(
            TenantSamlClient setup, AuthenticatedClientSessionModel signIn, SessionProof proof) {
        UserModel user = signIn.getUserSession().getUser();
        TenantSamlRules<Tenant> rules = new TenantSamlRules<>(
                tenant -> tenant.enabled()
                        && tenants.isMember(tenant, user)
                        && setup.tenants().allow(tenant.id()),
                proof::vouchesFor,
                tenant -> LoginDemand.of(tenant).metBy(proof.providers(), proof.level(tenant)));
        Optional<String> chosen = ChosenOrganization.of(signIn);
        if (chosen.isPresent()) {
            return rules.named(chosen.flatMap(tenants::byOrganizationId).orElse(null));
        }
        Optional<TenantId> owner = setup.tenants().owner();
        return owner.isPresent()
                ? rules.named(tenants.byId(owner.get()).orElse(null))
                : rules.only(tenants.ofMember(user).toList());
    }

    /** A slow request may have read what has been revoked since. */
    private @Nullable TenantRefusal overtaken(AuthenticatedClientSessionModel signIn, TenantId tenant) {
        UserSessionModel userSession = signIn.getUserSession();
        List<Selector> selectors = Selector.ofToken(
                null,
                userSession.getId(),
                userSession.getUser().getId(),
                tenant.value(),
                signIn.getClient().getClientId());
        return IssueCutoffs.overtake(session, selectors) ? TenantRefusal.OVERTAKEN : null;
    }

    private TenantSamlAnswer told(TenantSamlClient setup, Tenant tenant, AuthenticatedClientSessionModel signIn) {
        List<HeldRole> held = new TenantRoles(session)
                .of(signIn.getUserSession().getUser(), tenant)
                .toList();
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        for (TenantSamlSettings settings : setup.tells()) {
            attributes.put(settings.idAttribute(), List.of(tenant.id().value()));
            attributes.put(
                    settings.rolesAttribute(),
                    new TenantRoleRules(settings, signIn.getClient().getClientId()).select(held.stream()));
        }
        return new TenantSamlAnswer.Told(Optional.of(tenant), setup.organizations(), setup.reserved(), attributes);
    }
}
