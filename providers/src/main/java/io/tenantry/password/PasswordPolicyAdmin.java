package io.tenantry.password;

import io.tenantry.tenant.OrganizationTenant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.policy.DefaultPasswordPolicyManagerProvider;

/** What an admin may ask about password policies, and change: of the realm in the session's context. */
public final class PasswordPolicyAdmin {
    /** Who asks, where it is no tenant but the realm itself. */
    public static final String REALM = "realm";

    /** The longest value of an organization's attribute, in characters: the column's width. */
    static final int MAX_ATTRIBUTE_LENGTH = 255;

    private static final int MAX_PROBLEMS = 200;

    private final KeycloakSession session;
    private final TenantPolicies policies;

    public PasswordPolicyAdmin(KeycloakSession session) {
        this.session = session;
        this.policies = new TenantPolicies(session);
    }

    /**
     * A rule that a password breaks.
     *
     * @param tenant the tenant's id, or null for the realm's own rule
     * @param rule as written; null for the realm's own
     * @param message for people, in the admin's language
     */
    public record Violation(
            @Nullable String tenant, @Nullable String rule, String message) {}

    /**
     * A rule in force.
     *
     * @param tenant the tenant's id, or null for the realm's own rule
     * @param message for people, in the admin's language; empty for a rule of another extension
     */
    public record Rule(@Nullable String tenant, String rule, String message) {}

    /**
     * A rule that cannot be used or obeyed.
     *
     * @param tenant the tenant's id
     * @param rule as written, or what it contradicts
     * @param remedy a full sentence
     */
    public record Problem(String tenant, String rule, String problem, String remedy) {}

    /** What would be said if a user chose a password. */
    public List<Violation> check(UserModel user, String password) {
        return violations(policies.of(user), Candidate.of(user, password));
    }

    /** What would be said if a member of a tenant, otherwise unknown, chose a password. */
    public List<Violation> check(OrganizationTenant tenant, String password) {
        return violations(new EffectiveRules(List.of(policies.of(tenant))), Candidate.registering(null, password));
    }

    private List<Violation> violations(EffectiveRules rules, Candidate candidate) {
        RealmModel realm = session.getContext().getRealm();
        PolicyMessages messages = Speech.to(candidate.user(), session);
        List<Finding> findings = new TenantPasswordPolicyManager(
                        session, new DefaultPasswordPolicyManagerProvider(session), policies)
                .findings(realm, rules, candidate);
        List<Violation> violations = new ArrayList<>();
        for (Finding finding : findings) {
            String message = messages.text(finding);
            if (finding instanceof Finding.RealmViolation) {
                violations.add(new Violation(null, null, message));
            }
            String rule = ruleText(finding);
            finding.lenders().forEach(lender -> violations.add(new Violation(lender.id(), rule, message)));
        }
        return violations;
    }

    private static @Nullable String ruleText(Finding finding) {
        if (finding instanceof Finding.Violation violation) {
            return violation.rule().rule().text();
        }
        return finding instanceof Finding.Unusable unusable ? unusable.rule().text() : null;
    }

    /** Every rule that holds for a user, the realm's own first; with those that cannot be used. */
    public List<Rule> effective(UserModel user) {
        PolicyMessages messages = Speech.to(user, session);
        List<Rule> rules = new ArrayList<>();
        ownRules().forEach(rule -> rules.add(new Rule(null, rule.text(), "")));
        if (TenantPolicies.inForce(session.getContext().getRealm())) {
            for (LenderPolicy policy : policies.of(user).policies()) {
                List<Lender> lender = List.of(policy.lender());
                policy.rules()
                        .forEach(rule -> rules.add(
                                new Rule(policy.lender().id(), rule.rule().text(), messages.text(rule, lender))));
                policy.broken()
                        .forEach(broken -> rules.add(new Rule(
                                policy.lender().id(),
                                broken.text(),
                                messages.text(new Finding.Unusable(policy.lender(), broken)))));
            }
        }
        return rules;
    }

    private Stream<PolicyRule> ownRules() {
        PasswordPolicy own = session.getContext().getRealm().getPasswordPolicy();
        PasswordPolicy.Builder texts = own.toBuilder();
        return own.getPolicies().stream().sorted().map(id -> new PolicyRule(id, texts.get(id)));
    }

    /** A tenant's rules, as they are written. */
    public List<String> rules(OrganizationTenant tenant) {
        return tenant.organization().getAttributes().getOrDefault(TenantPolicyAttributes.RULES, List.of());
    }

    /** How long a password of a tenant's member that falls short may still be used; 0 where it says nothing usable. */
    public int graceDays(OrganizationTenant tenant) {
        return policies.of(tenant).graceDays();
    }

    /**
     * Sets a tenant's rules, unless there is anything wrong with them.
     *
     * @param graceDays null for none
     * @return what is wrong; empty if they are saved
     */
    public List<Problem> save(OrganizationTenant tenant, List<String> rules, @Nullable Integer graceDays) {
        String grace = graceDays == null ? null : graceDays.toString();
        Lender lender = TenantPolicies.lender(tenant);
        LenderPolicy policy = new LenderPolicyReader(new KeycloakRuleEngine(session)).read(lender, rules, grace);
        List<Problem> problems = new ArrayList<>(broken(policy));
        problems.addAll(contradictions(List.of(policy)));
        for (String rule : rules) {
            if (rule.length() > MAX_ATTRIBUTE_LENGTH) {
                problems.add(new Problem(
                        lender.id(),
                        rule.substring(0, MAX_ATTRIBUTE_LENGTH) + "…",
                        "it has " + rule.length() + " characters",
                        "Keep each value within " + MAX_ATTRIBUTE_LENGTH + " characters; several values add up."));
            }
        }
        if (problems.isEmpty()) {
            OrganizationModel organization = tenant.organization();
            Map<String, List<String>> attributes =
                    new HashMap<>(TenantPolicyAttributes.without(organization.getAttributes()));
            if (!rules.isEmpty()) {
                attributes.put(TenantPolicyAttributes.RULES, List.copyOf(rules));
            }
            if (grace != null) {
                attributes.put(TenantPolicyAttributes.GRACE_DAYS, List.of(grace));
            }
            organization.setAttributes(attributes);
        }
        return problems;
    }

    /** What is wrong with the rules of all tenants of the realm, the first {@value #MAX_PROBLEMS} of it. */
    public List<Problem> problems() {
        List<LenderPolicy> all = tenantPolicies();
        return Stream.concat(all.stream().flatMap(policy -> broken(policy).stream()), contradictions(all).stream())
                .limit(MAX_PROBLEMS)
                .toList();
    }

    /** What each tenant of the realm asks, as far as the realm asks for it and the tenant says anything. */
    List<LenderPolicy> tenantPolicies() {
        RealmModel realm = session.getContext().getRealm();
        if (!realm.isOrganizationsEnabled() || !TenantPolicies.inForce(realm)) {
            return List.of();
        }
        return session.getProvider(OrganizationProvider.class)
                .getAllStream()
                .map(OrganizationTenant::new)
                .map(policies::of)
                .filter(policy -> !policy.isEmpty())
                .toList();
    }

    static List<Problem> broken(LenderPolicy policy) {
        return policy.broken().stream()
                .map(broken -> new Problem(
                        policy.lender().id(),
                        broken.text(),
                        broken.problem(),
                        "Mend it in the organization's attribute " + TenantPolicyAttributes.RULES
                                + "; until then its members' passwords cannot be changed."))
                .toList();
    }

    private List<Problem> contradictions(List<LenderPolicy> tenants) {
        return found(tenants).stream()
                .map(found -> new Problem(
                        found.limiting(),
                        "maxLength(" + found.most() + ")",
                        found.text(),
                        "Allow longer passwords or ask for shorter ones, or no member of both can ever comply."))
                .toList();
    }

    /** What these tenants and the realm itself ask that no password can meet. */
    List<ContradictionRules.Contradiction> found(List<LenderPolicy> tenants) {
        List<ContradictionRules.Lengths> sources = new ArrayList<>();
        PasswordPolicy own = session.getContext().getRealm().getPasswordPolicy();
        sources.add(ContradictionRules.Lengths.of(
                REALM,
                ownRules()
                        .map(rule -> new UnderstoodRule(rule, own.getPolicyConfig(rule.id())))
                        .toList()));
        tenants.forEach(policy ->
                sources.add(ContradictionRules.Lengths.of(policy.lender().id(), policy.rules())));
        return ContradictionRules.find(sources);
    }
}
