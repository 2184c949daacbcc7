package io.tenantry.password;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.forms.login.freemarker.model.PasswordPoliciesBean;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What pages where a password is chosen are told of the rules for it, in realms that ask for their tenants' rules. */
public final class PasswordPages {
    /**
     * The template attribute with the rules in force: a list of {@code {id, value, tenant, text}}, all strings. The
     * tenant is empty for the realm; the text is in the page's language, and empty for a rule of another extension. A
     * rule that cannot be used comes first and has an empty id.
     */
    public static final String RULES = "tenantryPasswordRules";

    /** More would not be read. */
    private static final int MOST_SHOWN = 50;

    private static final String STOCK_POLICIES = "passwordPolicies";

    private final KeycloakSession session;
    private final RealmModel realm;

    /** For pages of this realm. */
    public PasswordPages(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Whether the realm asks for its tenants' rules. Where not, pages are stock's. */
    public static boolean concern(RealmModel realm) {
        return TenantPolicies.inForce(realm);
    }

    /** An organization's attributes without those that hold its policy. */
    public static <V> Map<String, V> withoutPolicy(Map<String, V> attributes) {
        return TenantPolicyAttributes.without(attributes);
    }

    /**
     * The template attributes of such a page: the rules, and the strictest numbers of realm and tenants in stock's own.
     *
     * @param user null at a registration
     */
    public Map<String, Object> attributes(@Nullable UserModel user, Properties messages, Locale locale) {
        TenantPolicies policies = new TenantPolicies(session);
        EffectiveRules rules = user == null ? policies.ofRegistration(null) : policies.of(user);
        return Map.of(
                RULES,
                described(rules.after(policies.floor()), new PolicyMessages(messages, locale)),
                STOCK_POLICIES,
                new PasswordPoliciesBean(strictest(rules)));
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
}
