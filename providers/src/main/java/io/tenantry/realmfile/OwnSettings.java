package io.tenantry.realmfile;

import io.tenantry.brokering.TenantMapper;
import io.tenantry.password.WrittenPolicies;
import io.tenantry.settings.InvalidSettingException;
import io.tenantry.token.TenantClaimsMapper;
import io.tenantry.token.TenantClientRulesMapper;
import io.tenantry.token.TenantSamlMapper;
import io.tenantry.token.WrittenSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/** Holds the settings of this pack in a realm file against the parsers that read them in the server. */
final class OwnSettings {
    /** Our attributes of realms and clients start so. */
    private static final String PREFIX = "tenant.";

    private static final String MEND = "Mend the value, or remove it to have the default.";

    private final KnownProviders known;
    private final WrittenPolicies policies;
    private final Problems problems;

    OwnSettings(KnownProviders known, KeycloakSession session, Problems problems) {
        this.known = known;
        this.policies = new WrittenPolicies(session);
        this.problems = problems;
    }

    void check(Place realm) {
        Place attributes = realm.at("attributes");
        usable(attributes, () -> WrittenSettings.requireUsableRealm(attributes.texts()));
        own(attributes, PREFIX, WrittenSettings.OF_REALM);
        passwordPolicy(realm.at("passwordPolicy"), policies.problems(realm.text("passwordPolicy")));
        Set<String> clients = realm.names("clients", "clientId");
        Set<String> providers = realm.names("identityProviders", "alias");
        Set<String> organizations = realm.names("organizations", "alias");
        mappers(realm, TenantClaimsMapper.PROVIDER_ID).forEach(config -> claimsMapper(config, clients));
        mappers(realm, TenantClientRulesMapper.PROVIDER_ID).forEach(config -> {
            known(config, new TenantClientRulesMapper().getConfigProperties());
            tenantsOfClient(config, organizations);
        });
        mappers(realm, TenantSamlMapper.PROVIDER_ID).forEach(config -> {
            known(config, new TenantSamlMapper().getConfigProperties());
            rolesClient(config, clients, WrittenSettings::samlRolesClient);
            tenantsOfClient(config, organizations);
        });
        realm.each("clients").forEach(client -> {
            own(client.at("attributes"), PREFIX, WrittenSettings.OF_CLIENT);
            tenantsOfClient(client.at("attributes"), organizations);
        });
        realm.each("organizations").forEach(organization -> organization(organization, providers));
        realm.each("identityProviderMappers").forEach(this::brokerMapper);
    }

    private static Stream<Place> mappers(Place realm, String type) {
        return Stream.concat(realm.each("clients").stream(), realm.each("clientScopes").stream())
                .flatMap(holder -> holder.each("protocolMappers").stream())
                .filter(mapper -> type.equals(mapper.text("protocolMapper")))
                .map(mapper -> mapper.at("config"));
    }

    private void claimsMapper(Place config, Set<String> clients) {
        known(config, new TenantClaimsMapper().getConfigProperties());
        rolesClient(config, clients, WrittenSettings::rolesClient);
    }

    private void rolesClient(Place config, Set<String> clients, Function<Map<String, String>, Optional<String>> named) {
        usable(
                config,
                () -> named.apply(config.texts())
                        .filter(client -> !clients.contains(client))
                        .ifPresent(client -> problems.add(
                                config, "The roles of '" + client + "' are asked for, which is no client.", MEND)));
    }

    private void tenantsOfClient(Place values, Set<String> organizations) {
        usable(
                values,
                () -> WrittenSettings.tenantsOfClient(values.texts()).stream()
                        .filter(alias -> !organizations.contains(alias))
                        .forEach(alias -> problems.add(
                                values,
                                "The client is for the tenant '" + alias + "', which is no organization here.",
                                "Write the alias of an organization of this realm.")));
    }

    private void organization(Place organization, Set<String> providers) {
        Place attributes = organization.at("attributes");
        Map<String, List<String>> values = attributes.lists();
        Set<String> names = WrittenPolicies.attributes();
        // Short enough for names that are misspelled in the end
        own(attributes, "password-polic", names);
        List<String> grace = values.getOrDefault("password-policy-grace-days", List.of());
        passwordPolicy(
                attributes,
                policies.problems(
                        values.getOrDefault("password-policy", List.of()), grace.isEmpty() ? null : grace.get(0)));
        usable(
                attributes,
                () -> WrittenSettings.identityProvider(organization.text("alias"), values)
                        .filter(alias -> !providers.contains(alias))
                        .ifPresent(alias -> problems.add(
                                attributes,
                                "Its people must come from '" + alias + "', which is no identity provider here.",
                                "Write the alias of one that is linked to this organization.")));
    }

    private void brokerMapper(Place written) {
        ProviderFactory<?> factory = known.of(IdentityProviderMapper.class).get(written.text("identityProviderMapper"));
        if (factory instanceof TenantMapper mapper) {
            Place config = written.at("config");
            known(config, mapper.getConfigProperties());
            IdentityProviderMapperModel model = new IdentityProviderMapperModel();
            model.setName(written.text("name"));
            model.setConfig(config.texts());
            usable(config, () -> mapper.requireUsable(model));
        }
    }

    private void passwordPolicy(Place place, List<String> broken) {
        broken.forEach(problem -> problems.add(
                place,
                "The password policy cannot be used: " + problem + ".",
                "Mend the rule; until then passwords could not be changed."));
    }

    /** A setting with a misspelled name would have its default, quietly. */
    private void known(Place config, List<ProviderConfigProperty> properties) {
        Set<String> names =
                properties.stream().map(ProviderConfigProperty::getName).collect(Collectors.toSet());
        names.add(IdentityProviderMapperModel.SYNC_MODE);
        config.fields()
                .forEach((name, value) -> problems.must(
                        names.contains(name),
                        value,
                        "The mapper has no setting '" + name + "'.",
                        "Correct its name, or remove it. There are: "
                                + String.join(", ", new java.util.TreeSet<>(names))));
    }

    private void own(Place attributes, String prefix, Set<String> names) {
        attributes
                .fields()
                .forEach((name, value) -> problems.must(
                        !name.startsWith(prefix) || names.contains(name),
                        value,
                        "There is no attribute '" + name + "'.",
                        "Correct its name; there are: " + String.join(", ", new java.util.TreeSet<>(names))));
    }

    private void usable(Place place, Runnable parser) {
        try {
            parser.run();
        } catch (InvalidSettingException e) {
            problems.add(place, String.valueOf(e.getMessage()) + ".", MEND);
        }
    }
}
