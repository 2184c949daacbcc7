package io.tenantry.password;

import io.tenantry.tenant.OrganizationTenant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.policy.DefaultPasswordPolicyManagerProvider;

/** What an admin may ask about password policies, and change: of the realm in the session's context. */
public final class PasswordPolicyAdmin {
    /** Who asks, where it is no tenant but the realm itself. */
    public static final String REALM = "realm";

    /** The longest value of an organization's attribute, in characters: the column's width. */
    static final int MAX_ATTRIBUTE_LENGTH = 255;

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
        problems.addAll(contradictions(policy));
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

    private List<Problem> contradictions(LenderPolicy policy) {
        return contradictions(List.of(policy), tenantId -> Stream.empty()).stream()
                .map(found -> new Problem(
                        found.source(),
                        "maxLength(" + found.most() + ")",
                        found.text(),
                        "Allow longer passwords or ask for shorter ones."))
                .toList();
    }

    /**
     * What no password can meet of what the realm and these tenants ask.
     *
     * @param tenants those whose rules are in force
     * @param members the members of a tenant by its id, as many as are worth looking at
     */
    List<ContradictionRules.Contradiction> contradictions(
            List<LenderPolicy> tenants, Function<String, Stream<ContradictionRules.Member>> members) {
        return new ContradictionRules(
                        ContradictionRules.Lengths.of(REALM, policies.floor().rules()),
                        tenants.stream()
                                .map(policy -> ContradictionRules.Lengths.of(
                                        policy.lender().id(), policy.rules()))
                                .toList())
                .find(members);
    }
}
