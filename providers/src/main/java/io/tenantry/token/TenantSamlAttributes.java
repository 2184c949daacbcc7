package io.tenantry.token;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.dom.saml.v2.assertion.AssertionType;
import org.keycloak.dom.saml.v2.assertion.AttributeStatementType;
import org.keycloak.dom.saml.v2.assertion.AttributeStatementType.ASTChoiceType;
import org.keycloak.dom.saml.v2.assertion.AttributeType;
import org.keycloak.dom.saml.v2.protocol.ResponseType;
import org.keycloak.saml.common.constants.JBossSAMLURIConstants;

/** The attributes of a response's assertions, rewritten in place to be about one tenant. */
final class TenantSamlAttributes {
    private final TenantSamlAnswer.Told told;

    TenantSamlAttributes(TenantSamlAnswer.Told told) {
        this.told = told;
    }

    void rewrite(ResponseType response) {
        List.copyOf(response.getAssertions()).forEach(choice -> {
            AssertionType assertion = choice.getAssertion();
            if (assertion == null) {
                throw new IllegalStateException("an assertion is encrypted already, and cannot be kept to one tenant");
            }
            if (rewrite(assertion)) {
                response.replaceAssertion(assertion.getID(), new ResponseType.RTChoiceType(withoutEmpty(assertion)));
            }
        });
    }

    /** Tells whether a statement was left empty, which SAML forbids (core, 2.7.3). */
    private boolean rewrite(AssertionType assertion) {
        Set<AttributeStatementType> statements = assertion.getAttributeStatements();
        statements.forEach(this::clear);
        if (!told.attributes().isEmpty()) {
            AttributeStatementType statement = new AttributeStatementType();
            told.attributes().forEach((name, values) -> statement.addAttribute(attribute(name, values)));
            statements.stream()
                    .findFirst()
                    .ifPresentOrElse(
                            first -> first.addAttributes(statement.getAttributes()),
                            () -> assertion.addStatement(statement));
        }
        return assertion.getAttributeStatements().stream()
                .anyMatch(statement -> statement.getAttributes().isEmpty());
    }

    private void clear(AttributeStatementType statement) {
        for (ASTChoiceType choice : List.copyOf(statement.getAttributes())) {
            AttributeType attribute = choice.getAttribute();
            if (attribute == null) {
                throw new IllegalStateException("an attribute is encrypted already, and cannot be kept to one tenant");
            }
            if (told.reserved().contains(attribute.getName()) || told.reserved().contains(friendly(attribute))) {
                statement.removeAttribute(choice);
            } else if (told.narrowed() && TenantSamlSettings.ORGANIZATION.equals(attribute.getName())) {
                statement.removeAttribute(choice);
                told.tenant()
                        .map(tenant -> tenant.id().value())
                        .filter(attribute.getAttributeValue()::contains)
                        .ifPresent(alias -> statement.addAttribute(organization(attribute, alias)));
            }
        }
    }

    private static String friendly(AttributeType attribute) {
        @Nullable String name = attribute.getFriendlyName();
        return name == null ? "" : name;
    }

    private static ASTChoiceType organization(AttributeType written, String alias) {
        AttributeType kept = new AttributeType(written.getName());
        kept.setFriendlyName(written.getFriendlyName());
        kept.setNameFormat(written.getNameFormat());
        kept.addAttributeValue(alias);
        return new ASTChoiceType(kept);
    }

    /** Without roles the attribute is there without values, so that no shape depends on how many there are. */
    private static ASTChoiceType attribute(String name, List<String> values) {
        AttributeType attribute = new AttributeType(name);
        attribute.setFriendlyName(name);
        attribute.setNameFormat(JBossSAMLURIConstants.ATTRIBUTE_FORMAT_BASIC.get());
        values.forEach(attribute::addAttributeValue);
        return new ASTChoiceType(attribute);
    }

    /** A copy, as statements cannot be taken out of an assertion. */
    private static AssertionType withoutEmpty(AssertionType assertion) {
        AssertionType copy = new AssertionType(assertion.getID(), assertion.getIssueInstant());
        copy.setIssuer(assertion.getIssuer());
        copy.setSubject(assertion.getSubject());
        copy.setConditions(assertion.getConditions());
        copy.setAdvice(assertion.getAdvice());
        copy.setSignature(assertion.getSignature());
        assertion.getStatements().stream()
                .filter(statement -> !(statement instanceof AttributeStatementType attributes
                        && attributes.getAttributes().isEmpty()))
                .forEach(copy::addStatement);
        return copy;
    }
}
