package io.tenantry.password;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.policy.PolicyError;

/** Says who asks for what, in one language. */
final class PolicyMessages {
    /** Followed by a rule's id: the rule as a sentence. {0} is its value, {1} who asks. */
    static final String RULE = "tenantryRule.";
    /** For a rule without a sentence of its own. {0} is what its provider says, {1} who asks. */
    static final String OTHER_RULE = "tenantryOtherRule";
    /** {0} is a rule that cannot be used, {1} whose it is, {2} what is wrong with it. */
    static final String UNUSABLE = "tenantryUnusableRule";
    /** {0} is everything that was found, as sentences. */
    static final String ALL = "tenantryPasswordViolations";
    /** {0} is the name of one lender, {1} how many more there are. */
    static final String AND_OTHERS = "tenantryAndOthers";

    /** {0} is why a password in use must be changed, as sentences. */
    static final String SHORTFALL = "tenantryPasswordShortfall";

    private static final int NAMES_SHOWN = 3;
    private static final int FINDINGS_SHOWN = 20;

    private final Properties bundle;
    private final Locale locale;

    PolicyMessages(Properties bundle, Locale locale) {
        this.bundle = bundle;
        this.locale = locale;
    }

    /** One error for all findings, at least one: itself translatable by whoever shows it if there is only one. */
    PolicyError error(List<? extends Finding> findings) {
        if (findings.size() == 1) {
            Finding only = findings.get(0);
            if (only instanceof Finding.Unusable unusable) {
                return new PolicyError(UNUSABLE, parameters(unusable));
            }
            if (only instanceof Finding.RealmViolation realm) {
                return realm.error();
            }
            if (only instanceof Finding.Violation violation
                    && bundle.containsKey(RULE + violation.rule().id())) {
                return new PolicyError(RULE + violation.rule().id(), parameters(violation));
            }
        }
        return spoken(findings);
    }

    /** The same, already in this language. */
    PolicyError spoken(List<? extends Finding> findings) {
        return new PolicyError(ALL, text(findings));
    }

    /** All findings as sentences, each once. */
    String text(List<? extends Finding> findings) {
        return findings.stream()
                .map(this::text)
                .distinct()
                .limit(FINDINGS_SHOWN)
                .collect(Collectors.joining(" "));
    }

    /** One finding as a sentence. */
    String text(Finding finding) {
        if (finding instanceof Finding.Violation violation) {
            return bundle.containsKey(RULE + violation.rule().id())
                    ? format(RULE + violation.rule().id(), parameters(violation))
                    : format(OTHER_RULE, text(violation.error()), names(violation.lenders()));
        }
        if (finding instanceof Finding.RealmViolation realm) {
            return text(realm.error());
        }
        return format(UNUSABLE, parameters((Finding.Unusable) finding));
    }

    /** A rule as a sentence, before anybody has broken it; empty if it has none. */
    String text(UnderstoodRule rule, List<Lender> lenders) {
        String key = RULE + rule.id();
        return bundle.containsKey(key) ? format(key, rule.shown(), names(lenders)) : "";
    }

    /** Another provider's error, as it words it. */
    String text(PolicyError error) {
        Object[] parameters = Objects.requireNonNullElse(error.getParameters(), new Object[0]);
        return format(error.getMessage(), parameters);
    }

    private Object[] parameters(Finding.Violation violation) {
        return new Object[] {violation.rule().shown(), names(violation.lenders())};
    }

    private static Object[] parameters(Finding.Unusable unusable) {
        return new Object[] {
            unusable.rule().text(), unusable.lender().name(), unusable.rule().problem()
        };
    }

    private String names(List<Lender> lenders) {
        Stream<String> names = lenders.stream().map(Lender::name);
        return lenders.size() <= NAMES_SHOWN
                ? names.collect(Collectors.joining(", "))
                : format(AND_OTHERS, lenders.get(0).name(), lenders.size() - 1);
    }

    private String format(String key, Object... parameters) {
        String pattern = bundle.getProperty(key);
        return pattern == null ? key : new MessageFormat(pattern, locale).format(parameters);
    }
}
