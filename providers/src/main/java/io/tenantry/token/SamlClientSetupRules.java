package io.tenantry.token;

import io.tenantry.doctor.Finding;
import io.tenantry.settings.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.models.ProtocolMapperModel;

/** Decides what is wrong with what a SAML client is told of tenants. */
final class SamlClientSetupRules {
    private final boolean shared;
    private final boolean inUse;
    private final Predicate<String> clientExists;

    /**
     * Judges a realm's clients.
     *
     * @param shared whether the realm's tenants are its organizations
     * @param inUse whether the realm shows that it uses the pack for its tenants
     * @param clientExists whether a client is there, by client id
     */
    SamlClientSetupRules(boolean shared, boolean inUse, Predicate<String> clientExists) {
        this.shared = shared;
        this.inUse = inUse;
        this.clientExists = clientExists;
    }

    Stream<Finding> check(ClientSetup client) {
        List<Finding> findings = new ArrayList<>();
        List<ProtocolMapperModel> mappers =
                client.always().stream().filter(TenantSamlMapper::is).toList();
        if (mappers.size() > 1) {
            findings.add(Finding.warning(
                    "tenant-mapper-twice",
                    "Several mappers say what the client is told of a tenant: what they write under one name is the"
                            + " last one's.",
                    client.where(),
                    "Leave one " + TenantSamlMapper.PROVIDER_ID + " among the client's own mappers and those of its"
                            + " scopes."));
        }
        if (client.onRequest().stream().anyMatch(TenantSamlMapper::is)) {
            findings.add(Finding.warning(
                    "tenant-mapper-optional",
                    "A mapper " + TenantSamlMapper.PROVIDER_ID
                            + " without effect: it stands in a scope that is optional, and SAML asks for none.",
                    client.where(),
                    "Make the scope with the mapper " + TenantSamlMapper.PROVIDER_ID + " a default one."));
        }
        mappers.forEach(mapper -> settings(client, mapper, findings));
        boolean toldByKeycloak = client.always().stream().anyMatch(TenantSamlClient::isKeycloaks);
        if (shared
                && !inUse
                && toldByKeycloak
                && mappers.isEmpty()
                && client.tenants().stream().allMatch(place -> place.allowed().isEmpty())) {
            findings.add(Finding.warning(
                    "saml-organizations-told",
                    "The client is told of all organizations that a user is in, as nothing shows that the realm uses"
                            + " this pack for its tenants.",
                    client.where(),
                    "Give the client the mapper " + TenantSamlMapper.PROVIDER_ID + ", or take Keycloak's Organization"
                            + " Membership away."));
        }
        return findings.stream();
    }

    private void settings(ClientSetup client, ProtocolMapperModel mapper, List<Finding> findings) {
        try {
            TenantMappers.requireClient(
                    TenantSamlSetting.ROLES_CLIENT,
                    TenantSamlSettings.of(TenantMappers.config(mapper)).rolesClient(),
                    clientExists);
        } catch (InvalidSettingException e) {
            findings.add(Finding.error(
                    "tenant-mapper-unusable",
                    "The settings of the mapper cannot be used: " + e.getMessage() + ".",
                    client.where() + ", mapper " + mapper.getName(),
                    "Mend that setting of the mapper."));
        }
    }
}
