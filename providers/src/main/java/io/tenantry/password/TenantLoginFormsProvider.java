package io.tenantry.password;

import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.forms.login.LoginFormsPages;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProvider;
import org.keycloak.forms.login.freemarker.model.OrganizationBean;
import org.keycloak.forms.login.freemarker.model.PasswordPoliciesBean;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.UserModel;
import org.keycloak.organization.utils.Organizations;
import org.keycloak.theme.Theme;

/**
 * Keycloak's own login forms, which tell a page where a password is chosen what the user's tenants ask for, and tell no
 * page the attributes that hold it. Elsewhere than in a realm that asks for its tenants' rules, nothing but the stock
 * one.
 *
 * <p>Adds to templates: {@code tenantryPasswordRules}, a list of {@code {id, value, tenant, text}}, all strings: what the
 * realm and the tenants ask, the tenant empty for the realm, the text in the page's language and empty for a rule of
 * another extension. A rule that cannot be used comes first and has an empty id. And it puts the strictest numbers of realm and tenants into stock's {@code passwordPolicies}.
 */
final class TenantLoginFormsProvider extends FreeMarkerLoginFormsProvider {
    /** The template attribute with the rules in force. */
    static final String RULES = "tenantryPasswordRules";

    /** More would not be read. */
    private static final int MOST_SHOWN = 50;

    private static final String STOCK_POLICIES = "passwordPolicies";
    private static final String STOCK_ORGANIZATION = "org";

    TenantLoginFormsProvider(KeycloakSession session) {
        super(session);
    }

    @Override
    protected void createCommonAttributes(
            Theme theme, Locale locale, Properties messages, UriBuilder baseUri, @Nullable LoginFormsPages page) {
        super.createCommonAttributes(theme, locale, messages, baseUri, page);
        if (realm == null || !TenantPolicies.inForce(realm)) {
            return;
        }
        if (attributes.containsKey(STOCK_ORGANIZATION)) {
            OrganizationModel organization = Organizations.resolveOrganization(session, user);
            attributes.put(STOCK_ORGANIZATION, new DiscreetOrganization(organization, user));
        }
        if (page == LoginFormsPages.LOGIN_UPDATE_PASSWORD || page == LoginFormsPages.REGISTER) {
            TenantPolicies policies = new TenantPolicies(session);
            EffectiveRules rules = user == null ? policies.ofRegistration(null) : policies.of(user);
            attributes.put(RULES, described(rules.after(policies.floor()), new PolicyMessages(messages, locale)));
            attributes.put(STOCK_POLICIES, new PasswordPoliciesBean(strictest(rules)));
        }
    }

    private static List<Map<String, String>> described(EffectiveRules rules, PolicyMessages messages) {
        Stream<Map<String, String>> unusable = rules.policies().stream()
                .flatMap(policy -> policy.broken().stream()
                        .map(broken -> Map.of(
                                "id",
                                "",
                                "value",
                                broken.text(),
                                "tenant",
                                policy.lender().id(),
                                "text",
                                messages.text(new Finding.Unusable(policy.lender(), broken)))));
        Stream<Map<String, String>> usable = StrictestRules.toShow(rules).stream()
                .map(shared -> Map.of(
                        "id", shared.rule().id(),
                        "value", shared.rule().shown().toString(),
                        "tenant", shared.lenders().get(0).id(),
                        "text", messages.text(shared.rule(), shared.lenders())));
        return Stream.concat(unusable, usable).limit(MOST_SHOWN).toList();
    }

    private PasswordPolicy strictest(EffectiveRules rules) {
        PasswordPolicy own = realm.getPasswordPolicy();
        PasswordPolicy.Builder together = PasswordPolicy.build();
        own.getPolicies().forEach(id -> together.put(id, own.toBuilder().get(id)));
        StrictestRules.of(rules, id -> own.getPolicyConfig(id) instanceof Integer number ? number : null)
                .forEach(together::put);
        return together.build(session);
    }

    /** An organization whose policy is not in its attributes. Public, as templates read it by reflection. */
    public static final class DiscreetOrganization extends OrganizationBean {
        public DiscreetOrganization(OrganizationModel organization, @Nullable UserModel user) {
            super(organization, user);
        }

        @Override
        public Map<String, List<String>> getAttributes() {
            return TenantPolicyAttributes.without(super.getAttributes());
        }
    }
}
