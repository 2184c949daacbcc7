package io.tenantry.branding;

import io.tenantry.doctor.Finding;
import io.tenantry.tenant.OrganizationTenant;
import io.tenantry.tenant.RealmTenant;
import io.tenantry.tenant.Tenant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.BrowserSecurityHeaders;
import org.keycloak.models.OrganizationDomainModel;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;

/**
 * The brands of a realm: each lender's from the attributes of its organization, the realm's own from its texts
 * (Realm settings, Localization), under the same names.
 */
public final class Brands {
    private final RealmModel realm;
    private final TrustedHosts trusted;

    /** Those of this realm. */
    public Brands(RealmModel realm) {
        this.realm = realm;
        this.trusted = TrustedHosts.parse(realm.getAttribute(TrustedHosts.ATTRIBUTE));
    }

    /**
     * A lender's, or the realm's own for a realm that is a lender.
     *
     * @param texts the realm's, in the language of the page
     */
    public Brand of(Tenant tenant, Properties texts) {
        if (tenant instanceof OrganizationTenant shared) {
            return of(shared.organization());
        }
        return ofRealm(texts);
    }

    /** A lender's that shares its realm. */
    public Brand of(OrganizationModel organization) {
        return reading(organization).brand();
    }

    /**
     * The realm's own.
     *
     * @param texts the realm's, in the language of the page
     */
    public Brand ofRealm(Properties texts) {
        return reading(lines(texts::getProperty)).brand();
    }

    BrandRules.Reading reading(OrganizationModel organization) {
        Set<String> domains =
                organization.getDomains().map(OrganizationDomainModel::getName).collect(Collectors.toSet());
        Map<String, List<String>> attributes = organization.getAttributes();
        return BrandRules.ofLender(domains, trusted)
                .read(organization.getName(), attributes == null ? Map.of() : attributes);
    }

    BrandRules.Reading reading(Map<String, List<String>> texts) {
        return BrandRules.ofRealm(trusted).read(new RealmTenant(realm).displayName(), texts);
    }

    /** What is wrong with them. */
    public Stream<Finding> findings(Stream<OrganizationModel> organizations) {
        Stream<Finding> ofLenders = organizations.flatMap(organization ->
                BrandSetupRules.unusable("organization " + organization.getAlias(), reading(organization)));
        Stream<Finding> ofRealm = realm.getRealmLocalizationTexts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(texts -> BrandSetupRules.unusable(
                        "realm's localization, " + texts.getKey(), reading(lines(texts.getValue()::get))));
        Stream<Finding> hosts = BrandSetupRules.hosts(
                trusted,
                realm.getBrowserSecurityHeaders().get(BrowserSecurityHeaders.CONTENT_SECURITY_POLICY.getKey()));
        return Stream.of(ofLenders, ofRealm, hosts).flatMap(each -> each);
    }

    private static Map<String, List<String>> lines(Function<String, @Nullable String> texts) {
        Map<String, List<String>> attributes = new HashMap<>();
        for (BrandAttribute attribute : BrandAttribute.values()) {
            String text = texts.apply(attribute.key());
            if (text != null) {
                attributes.put(attribute.key(), text.lines().toList());
            }
        }
        return attributes;
    }

    /** The attributes of an organization that say how it looks: others are none of a page's business. */
    public static Map<String, List<String>> among(@Nullable Map<String, List<String>> attributes) {
        return attributes == null
                ? Map.of()
                : attributes.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(BrandAttribute.PREFIX))
                        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
