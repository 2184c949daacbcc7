package io.tenantry.token;

import io.tenantry.doctor.Finding;
import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.organization.protocol.mappers.oidc.OrganizationGroupMembershipMapper;
import org.keycloak.organization.protocol.mappers.oidc.OrganizationMembershipMapper;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.SubMapper;

/** Decides what is wrong with a client's tokens. */
final class ClientSetupRules {
    /** What an access token should live at most: a consumer that misses a revocation trusts it as long. */
    static final Duration LONGEST_LIFE = Duration.ofMinutes(15);

    private static final String PAIRWISE = "oidc-sha256-pairwise-sub-mapper";
    private static final String TENANT_MAPPER = TenantClaimsMapper.PROVIDER_ID;

    private final boolean shared;
    private final WrittenTenantsRules writtenTenants;
    private final Predicate<String> clientExists;

    /**
     * Judges a realm's clients.
     *
     * @param shared whether the realm's tenants are its organizations
     * @param tenantExists whether a tenant is there, disabled or not
     * @param clientExists whether a client is there, by client id
     */
    ClientSetupRules(boolean shared, Predicate<TenantId> tenantExists, Predicate<String> clientExists) {
        this.shared = shared;
        this.writtenTenants = new WrittenTenantsRules(tenantExists);
        this.clientExists = clientExists;
    }

    Stream<Finding> check(ClientSetup client) {
        List<Finding> findings = new ArrayList<>();
        mapper(client, findings);
        if (client.concerned()) {
            subject(client, findings);
            reach(client, findings);
            if (shared) {
                stockMappers(client, findings);
                tenants(client, findings);
            }
        }
        return findings.stream();
    }

    private void mapper(ClientSetup client, List<Finding> findings) {
        List<ProtocolMapperModel> mappers = client.mappers(TENANT_MAPPER).toList();
        if (mappers.isEmpty()) {
            if (!shared
                    || client.mappers(OrganizationMembershipMapper.PROVIDER_ID)
                            .findAny()
                            .isPresent()) {
                findings.add(Finding.error(
                        "tenant-mapper-missing",
                        shared
                                ? "The client may ask for organizations, and its tokens may be for several, or change"
                                        + " tenant on refresh."
                                : "The client's tokens do not say which tenant they are for.",
                        client.where(),
                        "Give the client a default scope with the mapper " + TENANT_MAPPER
                                + (shared ? ", or take its organization scope away." : ".")));
            }
            return;
        }
        if (client.always().stream().noneMatch(TenantMappers::isTenantMapper)) {
            findings.add(Finding.warning(
                    "tenant-mapper-optional",
                    "Tokens for which the client does not ask by scope carry no tenant and are held to none.",
                    client.where(),
                    "Make the scope with the mapper " + TENANT_MAPPER + " a default one."));
        }
        if (mappers.size() > 1) {
            findings.add(Finding.warning(
                    "tenant-mapper-twice",
                    "Several mappers say which tenant a token is for, and which of them decides is left to chance.",
                    client.where(),
                    "Leave one " + TENANT_MAPPER + " among the client's own mappers and those of its scopes."));
        }
        mappers.forEach(mapper -> settings(client, mapper, findings));
    }

    private void settings(ClientSetup client, ProtocolMapperModel mapper, List<Finding> findings) {
        String where = client.where() + ", mapper " + mapper.getName();
        try {
            TenantMappers.requireClient(
                    TenantClaimsSetting.ROLES_CLIENT,
                    TenantMappers.settings(mapper).rolesClient(),
                    clientExists);
        } catch (InvalidSettingException e) {
            findings.add(Finding.error(
                    "tenant-mapper-unusable",
                    "The settings of the mapper cannot be used: " + e.getMessage() + ".",
                    where,
                    "Mend that setting of the mapper."));
        }
        if (!on(mapper, OIDCAttributeMapperHelper.INCLUDE_IN_ACCESS_TOKEN)
                || (client.lightweight()
                        && !on(mapper, OIDCAttributeMapperHelper.INCLUDE_IN_LIGHTWEIGHT_ACCESS_TOKEN))) {
            findings.add(Finding.error(
                    "tenant-not-in-access-token",
                    "Services cannot see which tenant an access token is for.",
                    where,
                    "Switch on Add to access token, and Add to lightweight access token where the client uses those."));
        } else if (!inEveryOtherDocument(mapper)) {
            findings.add(Finding.warning(
                    "tenant-not-in-every-document",
                    "The ID token, userinfo or introspection does not say the tenant that the access token says.",
                    where,
                    "Switch on Add to ID token, Add to userinfo and Add to token introspection."));
        }
    }

    /** As stock reads them: userinfo follows the ID token, and introspection the access token, unless they say. */
    private static boolean inEveryOtherDocument(ProtocolMapperModel mapper) {
        return OIDCAttributeMapperHelper.includeInIDToken(mapper)
                && OIDCAttributeMapperHelper.includeInUserInfo(mapper)
                && OIDCAttributeMapperHelper.includeInIntrospection(mapper);
    }

    private static void subject(ClientSetup client, List<Finding> findings) {
        if (client.mappers(PAIRWISE).findAny().isPresent()) {
            findings.add(Finding.error(
                    "subject-pairwise",
                    "The subject of the client's tokens is not the user's id, so that revocations of a user or a"
                            + " membership do not reach them.",
                    client.where(),
                    "Remove the pairwise subject mapper."));
        } else if (client.always().stream()
                .filter(mapper -> SubMapper.PROVIDER_ID.equals(mapper.getProtocolMapper()))
                .noneMatch(mapper -> on(mapper, OIDCAttributeMapperHelper.INCLUDE_IN_ACCESS_TOKEN)
                        && (!client.lightweight()
                                || on(mapper, OIDCAttributeMapperHelper.INCLUDE_IN_LIGHTWEIGHT_ACCESS_TOKEN)))) {
            findings.add(Finding.error(
                    "subject-missing",
                    "The client's access tokens do not say whose they are, so that revocations of a user or a"
                            + " membership do not reach them.",
                    client.where(),
                    client.lightweight()
                            ? "Switch on Add to lightweight access token in the mapper " + SubMapper.PROVIDER_ID
                                    + " of a default scope."
                            : "Make the scope basic a default one, with the mapper " + SubMapper.PROVIDER_ID + "."));
        }
    }

    private static void reach(ClientSetup client, List<Finding> findings) {
        String lifespan = client.attribute(OIDCConfigAttributes.ACCESS_TOKEN_LIFESPAN);
        if (tooLong(lifespan)) {
            findings.add(Finding.warning(
                    "access-tokens-long-lived",
                    "The client's access tokens live longer than 15 minutes: " + lifespan
                            + " seconds (-1: as long as the session).",
                    client.where(),
                    "Lower Access token lifespan in the client's advanced settings to 900 seconds, or clear it."));
        }
        if (client.fullScope()) {
            findings.add(Finding.warning(
                    "full-scope-allowed",
                    "The client's tokens can carry every role that a user has in the realm, whatever the tenant.",
                    client.where(),
                    "Switch off Full scope allowed in the dedicated scope, and map the roles that the client needs."));
        }
    }

    private static boolean tooLong(String lifespan) {
        try {
            return !lifespan.isEmpty()
                    && (Integer.parseInt(lifespan) < 0 || Integer.parseInt(lifespan) > LONGEST_LIFE.toSeconds());
        } catch (NumberFormatException e) {
            // Keycloak issues that client no token at all
            return false;
        }
    }

    private static void stockMappers(ClientSetup client, List<Finding> findings) {
        client.mappers(OrganizationMembershipMapper.PROVIDER_ID)
                .filter(mapper -> on(mapper, OrganizationMembershipMapper.ADD_ORGANIZATION_ATTRIBUTES))
                .forEach(mapper -> findings.add(Finding.warning(
                        "organization-attributes-in-tokens",
                        "Tokens carry every attribute of the tenant's organization, its settings among them.",
                        client.where() + ", mapper " + mapper.getName(),
                        "Switch off Add organization attributes.")));
        client.mappers(OrganizationGroupMembershipMapper.PROVIDER_ID)
                .forEach(mapper -> findings.add(Finding.warning(
                        "organization-groups-in-tokens",
                        "Stock's mapper reads the tenant from where the tabs of a browser share it: what it says of"
                                + " another tenant is taken out again, and then groups are missing.",
                        client.where() + ", mapper " + mapper.getName(),
                        "Remove the mapper, and read roles from the claim of " + TENANT_MAPPER + ".")));
    }

    private void tenants(ClientSetup client, List<Finding> findings) {
        writtenTenants.check(client).forEach(findings::add);
        if (client.onRequest().stream().anyMatch(TenantMappers::isClientRules)) {
            findings.add(Finding.warning(
                    "client-rules-optional",
                    "A mapper " + TenantClientRulesMapper.PROVIDER_ID
                            + " without effect: it stands in a scope that is optional.",
                    client.where(),
                    "Move it to the client itself, or make the scope a default one."));
        }
        ClientTenants tenants = ClientTenants.of(client.tenants().stream());
        if (tenants.maySwitch()) {
            effectiveSwitch(client, tenants, findings);
        }
    }

    private static void effectiveSwitch(ClientSetup client, ClientTenants tenants, List<Finding> findings) {
        if (!client.attribute(OIDCConfigAttributes.STANDARD_TOKEN_EXCHANGE_ENABLED)
                .equals("true")) {
            findings.add(switchWithoutEffect(
                    "The client may switch tenants, but not exchange tokens, which is how it would.",
                    client.where(),
                    "Switch on Standard token exchange, or take " + WrittenTenants.SWITCH + " away."));
        } else if (tenants.owner().isPresent()) {
            findings.add(switchWithoutEffect(
                    "The client may switch tenants, but serves only one.",
                    client.where(),
                    "Take " + WrittenTenants.SWITCH + " away, or add tenants to " + WrittenTenants.ALLOWED + "."));
        }
    }

    private static Finding switchWithoutEffect(String what, String where, String remedy) {
        return Finding.warning("tenant-switch-without-effect", what, where, remedy);
    }

    private static boolean on(ProtocolMapperModel mapper, String setting) {
        Map<String, String> config = mapper.getConfig();
        return config != null && "true".equals(config.get(setting));
    }
}
