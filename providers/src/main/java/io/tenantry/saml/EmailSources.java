package io.tenantry.saml;

import io.tenantry.settings.InvalidSettingException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.broker.saml.mappers.UserAttributeMapper;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.UserModel;

/**
 * The attributes that become an account's address here: those that the provider's other mappers import as such. The
 * mappers' order is not defined, so what they will do is read from their settings.
 */
final class EmailSources {
    private EmailSources() {}

    /**
     * Names and friendly names of those attributes.
     *
     * @throws InvalidSettingException if a mapper sets the address from where the rules cannot look
     */
    static Set<String> of(Stream<IdentityProviderMapperModel> mappers) {
        Set<String> names = new HashSet<>();
        mappers.filter(mapper -> UserModel.EMAIL.equalsIgnoreCase(
                        mapper.getConfig().getOrDefault(UserAttributeMapper.USER_ATTRIBUTE, "")))
                .forEach(mapper -> names.addAll(sources(mapper)));
        return names;
    }

    private static Set<String> sources(IdentityProviderMapperModel mapper) {
        if (!UserAttributeMapper.PROVIDER_ID.equals(mapper.getIdentityProviderMapper())) {
            throw new InvalidSettingException(
                    "the mapper " + mapper.getName() + ", " + UserAttributeMapper.USER_ATTRIBUTE,
                    UserModel.EMAIL,
                    "only the mapper " + UserAttributeMapper.PROVIDER_ID
                            + " may set the address of an identity provider with " + TenantSamlRulesMapper.ID);
        }
        Set<String> sources = new HashSet<>();
        Stream.of(UserAttributeMapper.ATTRIBUTE_NAME, UserAttributeMapper.ATTRIBUTE_FRIENDLY_NAME)
                .map(key -> mapper.getConfig().getOrDefault(key, ""))
                .filter(name -> !name.isBlank())
                .forEach(sources::add);
        return sources;
    }
}
