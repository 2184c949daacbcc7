package io.tenantry.token;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.utils.JsonUtils;

/**
 * The names that only our mappers may write under: the default ones of claims and attributes, and those that a realm's
 * mappers are set to.
 */
record ReservedNames(Set<String> names) {
    /** Where Keycloak's mappers say what they write: a claim's path, an attribute's name. */
    private static final List<String> TARGETS = List.of("claim.name", "attribute.name", "friendly.name");

    /** A part of a name that Keycloak puts in later, which can then be any. */
    private static final String PLACEHOLDER = "${";

    ReservedNames {
        names = Set.copyOf(names);
    }

    /** Those of a realm. It reads every client: for the doctor and for registrations, not for sign-ins. */
    static ReservedNames of(RealmModel realm) {
        return of(Stream.concat(realm.getClientScopesStream(), realm.getClientsStream())
                .flatMap(holder -> holder.getProtocolMappersStream()));
    }

    static ReservedNames of(Stream<ProtocolMapperModel> mappers) {
        Set<String> names = new TreeSet<>();
        Stream.of(
                        TenantClaimsSetting.ID_CLAIM.defaultValue(),
                        TenantClaimsSetting.ROLES_CLAIM.defaultValue(),
                        TenantSamlSetting.ID_ATTRIBUTE.defaultValue(),
                        TenantSamlSetting.ROLES_ATTRIBUTE.defaultValue())
                .forEach(names::add);
        mappers.forEach(mapper -> {
            Map<String, String> config = TenantMappers.config(mapper);
            if (TenantMappers.isTenantMapper(mapper)) {
                Stream.of(TenantClaimsSetting.ID_CLAIM.in(config), TenantClaimsSetting.ROLES_CLAIM.in(config))
                        // What a mapper is set to by mistake, and refuses to work with, stays Keycloak's
                        .filter(name -> !TenantClaimsSettings.taken(name))
                        .forEach(names::add);
            } else if (TenantSamlMapper.is(mapper)) {
                Stream.of(TenantSamlSetting.ID_ATTRIBUTE.in(config), TenantSamlSetting.ROLES_ATTRIBUTE.in(config))
                        .filter(name -> !TenantSamlSettings.taken(name))
                        .forEach(names::add);
            }
        });
        return new ReservedNames(names);
    }

    /** Whether one of Keycloak's mappers, by its configuration, writes under a reserved name or into what is there. */
    boolean writtenBy(Map<String, String> config) {
        return TARGETS.stream().map(config::get).anyMatch(value -> value != null && covers(value));
    }

    /** Whether any setting of a mapper, of whatever type, names what is reserved, or leaves it open what it names. */
    boolean mentionedIn(Collection<String> values) {
        return values.stream().anyMatch(value -> value != null && (covers(value) || open(value)));
    }

    /** A path leads into its first part; a name with dots may be ours as it stands. */
    private boolean covers(String target) {
        return names.stream().anyMatch(name -> target.equals(name) || target.startsWith(name + "."))
                || first(target).stream().anyMatch(names::contains);
    }

    private static boolean open(String target) {
        return first(target).stream().anyMatch(name -> name.contains(PLACEHOLDER));
    }

    private static List<String> first(String target) {
        return JsonUtils.splitClaimPath(target).stream().limit(1).toList();
    }
}
