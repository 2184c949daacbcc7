package io.tenantry.token;

import io.tenantry.settings.InvalidSettingException;
import io.tenantry.tenant.HostPattern;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The settings of mapper, realm, clients and organizations as a realm file holds them, judged without a server. */
public final class WrittenSettings {
    /** The attributes of a realm that this pack reads. */
    public static final Set<String> OF_REALM = Set.of(HostPattern.ATTRIBUTE, RealmTenant.TENANT_ID_ATTRIBUTE);

    /** Those of a client. */
    public static final Set<String> OF_CLIENT = Set.of(WrittenTenants.ALLOWED, WrittenTenants.SWITCH);

    private WrittenSettings() {}

    /**
     * Reads the configuration of a {@value TenantClaimsMapper#PROVIDER_ID}.
     *
     * @return the client whose roles are listed, by client id, where one is named
     * @throws InvalidSettingException if it cannot be used
     */
    public static Optional<String> rolesClient(Map<String, String> mapperConfig) {
        return Optional.of(TenantClaimsSettings.of(mapperConfig).rolesClient()).filter(client -> !client.isEmpty());
    }

    /**
     * The same of a {@value TenantSamlMapper#PROVIDER_ID}.
     *
     * @throws InvalidSettingException if it cannot be used
     */
    public static Optional<String> samlRolesClient(Map<String, String> mapperConfig) {
        return Optional.of(TenantSamlSettings.of(mapperConfig).rolesClient()).filter(client -> !client.isEmpty());
    }

    /**
     * Reads a realm's attributes.
     *
     * @throws InvalidSettingException if one cannot be used
     */
    public static void requireUsableRealm(Map<String, String> attributes) {
        HostPattern.parse(attributes.get(HostPattern.ATTRIBUTE));
        String tenantId = attributes.get(RealmTenant.TENANT_ID_ATTRIBUTE);
        if (tenantId != null && tenantId.length() > TenantId.MAX_LENGTH) {
            throw new InvalidSettingException(
                    RealmTenant.TENANT_ID_ATTRIBUTE,
                    tenantId.substring(0, 16) + "…",
                    "write at most " + TenantId.MAX_LENGTH + " characters");
        }
    }

    /**
     * Reads a client's attributes, or the configuration of a {@value TenantClientRulesMapper#PROVIDER_ID}.
     *
     * @return the aliases of the tenants that it works for; none for all
     * @throws InvalidSettingException if one cannot be used
     */
    public static Set<String> tenantsOfClient(Map<String, String> values) {
        WrittenTenants written = WrittenTenants.of("", values);
        String switching = written.switching();
        if (!switching.isEmpty() && !switching.equals("true") && !switching.equals("false")) {
            throw new InvalidSettingException(WrittenTenants.SWITCH, switching, "write true or false");
        }
        Set<String> aliases = new TreeSet<>();
        written.listed().forEach(tenant -> aliases.add(tenant.value()));
        if (aliases.isEmpty() && !written.allowed().isEmpty()) {
            throw new InvalidSettingException(
                    WrittenTenants.ALLOWED, written.allowed(), "write aliases of tenants, or leave it empty for all");
        }
        return aliases;
    }

    /**
     * Reads an organization's attributes.
     *
     * @return the alias of the identity provider that it demands, if any
     * @throws InvalidSettingException if one cannot be used
     */
    public static Optional<String> identityProvider(String organization, Map<String, List<String>> attributes) {
        return Optional.ofNullable(LoginDemand.parse(
                        first(attributes, LoginDemand.IDENTITY_PROVIDER),
                        first(attributes, LoginDemand.LEVEL),
                        organization)
                .identityProvider());
    }

    private static @Nullable String first(Map<String, List<String>> attributes, String name) {
        return attributes.getOrDefault(name, List.of()).stream().findFirst().orElse(null);
    }
}
