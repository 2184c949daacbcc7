package io.tenantry.saml;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.datatype.DatatypeConstants;
import javax.xml.datatype.XMLGregorianCalendar;
import org.jspecify.annotations.Nullable;
import org.keycloak.dom.saml.v2.assertion.AssertionType;
import org.keycloak.dom.saml.v2.assertion.AttributeStatementType;
import org.keycloak.dom.saml.v2.assertion.AttributeStatementType.ASTChoiceType;
import org.keycloak.dom.saml.v2.assertion.AttributeType;
import org.keycloak.dom.saml.v2.assertion.AudienceRestrictionType;
import org.keycloak.dom.saml.v2.assertion.AuthnContextType;
import org.keycloak.dom.saml.v2.assertion.AuthnStatementType;
import org.keycloak.dom.saml.v2.assertion.ConditionsType;
import org.keycloak.dom.saml.v2.assertion.NameIDType;
import org.keycloak.dom.saml.v2.assertion.SubjectConfirmationDataType;
import org.keycloak.dom.saml.v2.assertion.SubjectConfirmationType;
import org.keycloak.dom.saml.v2.assertion.SubjectType;
import org.keycloak.saml.common.constants.JBossSAMLURIConstants;
import org.keycloak.saml.processing.core.saml.v2.constants.X500SAMLProfileConstants;

/** Reads from an assertion what the rules ask for. */
record Assertions(AssertionType assertion) {

    /** All attribute values, by name and by friendly name. */
    Map<String, List<String>> attributes() {
        Map<String, List<String>> values = new HashMap<>();
        attributeTypes()
                .forEach(attribute -> names(attribute)
                        .forEach(name -> values.computeIfAbsent(name, unused -> new ArrayList<>())
                                .addAll(texts(attribute))));
        return values;
    }

    /**
     * Every address: the email attributes that Keycloak reads, others that become an address here, the subject if it
     * is one, or looks like one and so could be taken for an account's name.
     */
    Set<String> emails(Set<String> otherAttributes) {
        Set<String> emails = new LinkedHashSet<>();
        nameId().filter(id -> isEmail(id) || id.getValue().indexOf('@') >= 0)
                .map(NameIDType::getValue)
                .ifPresent(emails::add);
        attributeTypes()
                .filter(attribute -> X500SAMLProfileConstants.EMAIL.correspondsTo(attribute)
                        || names(attribute).anyMatch(otherAttributes::contains))
                .flatMap(attribute -> texts(attribute).stream())
                .forEach(emails::add);
        return emails;
    }

    @Nullable String nameIdFormat() {
        return nameId().map(NameIDType::getFormat).map(Object::toString).orElse(null);
    }

    @Nullable String context() {
        return authnStatement()
                .map(AuthnStatementType::getAuthnContext)
                .map(AuthnContextType::getSequence)
                .map(AuthnContextType.AuthnContextTypeSequence::getClassRef)
                .map(reference -> reference.getValue().toString())
                .orElse(null);
    }

    @Nullable Instant authenticatedAt() {
        return authnStatement()
                .map(AuthnStatementType::getAuthnInstant)
                .map(Assertions::instant)
                .orElse(null);
    }

    SamlEvidence.Bounds bounds() {
        Optional<ConditionsType> conditions = Optional.ofNullable(assertion.getConditions());
        boolean audience = conditions.stream()
                .flatMap(some -> some.getConditions().stream())
                .anyMatch(condition -> condition instanceof AudienceRestrictionType restriction
                        && !restriction.getAudience().isEmpty());
        boolean time = conditions.map(ConditionsType::getNotOnOrAfter).isPresent();
        boolean bearer = bearers().anyMatch(data -> data.getRecipient() != null && data.getNotOnOrAfter() != null);
        return new SamlEvidence.Bounds(time, audience, bearer);
    }

    /** The first of its ends. */
    @Nullable Instant expiresAt() {
        Stream<XMLGregorianCalendar> conditions =
                Stream.ofNullable(assertion.getConditions()).map(ConditionsType::getNotOnOrAfter);
        return Stream.concat(conditions, bearers().map(SubjectConfirmationDataType::getNotOnOrAfter))
                .filter(Objects::nonNull)
                .map(Assertions::instant)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private Stream<SubjectConfirmationDataType> bearers() {
        return subject().map(SubjectType::getConfirmation).stream()
                .flatMap(List::stream)
                .filter(confirmation ->
                        JBossSAMLURIConstants.SUBJECT_CONFIRMATION_BEARER.get().equals(confirmation.getMethod()))
                .map(SubjectConfirmationType::getSubjectConfirmationData)
                .filter(Objects::nonNull);
    }

    private Optional<SubjectType> subject() {
        return Optional.ofNullable(assertion.getSubject());
    }

    private Optional<NameIDType> nameId() {
        return subject()
                .map(SubjectType::getSubType)
                .map(SubjectType.STSubType::getBaseID)
                .filter(NameIDType.class::isInstance)
                .map(NameIDType.class::cast)
                .filter(id -> id.getValue() != null);
    }

    private Optional<AuthnStatementType> authnStatement() {
        return assertion.getStatements().stream()
                .filter(AuthnStatementType.class::isInstance)
                .map(AuthnStatementType.class::cast)
                .findFirst();
    }

    private Stream<AttributeType> attributeTypes() {
        return assertion.getAttributeStatements().stream()
                .map(AttributeStatementType::getAttributes)
                .flatMap(List::stream)
                .map(ASTChoiceType::getAttribute)
                .filter(Objects::nonNull);
    }

    private static Stream<String> names(AttributeType attribute) {
        return Stream.of(Optional.ofNullable(attribute.getName()), Optional.ofNullable(attribute.getFriendlyName()))
                .flatMap(Optional::stream)
                .distinct();
    }

    private static List<String> texts(AttributeType attribute) {
        return attribute.getAttributeValue().stream()
                .filter(Objects::nonNull)
                .map(Object::toString)
                .toList();
    }

    private static boolean isEmail(NameIDType id) {
        return id.getFormat() != null
                && id.getFormat().toString().equals(JBossSAMLURIConstants.NAMEID_FORMAT_EMAIL.get());
    }

    private static Instant instant(XMLGregorianCalendar time) {
        XMLGregorianCalendar zoned = (XMLGregorianCalendar) time.clone();
        if (zoned.getTimezone() == DatatypeConstants.FIELD_UNDEFINED) {
            // SAML's times are UTC; left open, Java would take the server's zone
            zoned.setTimezone(0);
        }
        return zoned.toGregorianCalendar().toInstant();
    }
}
