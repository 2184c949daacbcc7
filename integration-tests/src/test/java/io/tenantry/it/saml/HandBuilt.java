package io.tenantry.it.saml;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A login response built by hand: sound by default, and every part of it can be changed before it is signed.
 */
final class HandBuilt {
    static final String EMAIL_FORMAT = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
    static final String PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    static final String PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
    static final String MFA = "urn:example:mfa";

    final Map<String, List<String>> attributes = new LinkedHashMap<>();
    String issuer;
    String destination;
    String recipient;
    String audience;
    String inResponseTo;
    String nameId;
    String nameIdFormat = PERSISTENT;
    String context = PASSWORD;
    String assertionId = "_" + UUID.randomUUID();
    Instant now = Instant.now();
    Instant authnInstant = now;
    Duration life = Duration.ofMinutes(2);
    boolean conditions = true;
    boolean audienceRestriction = true;
    boolean bearer = true;
    SigningKey assertionKey;
    SigningKey responseKey;

    /** Of a person whose address is the NameID's value at the domain. */
    HandBuilt(HandIdp idp, String endpoint, String audience, String inResponseTo, String person) {
        this.issuer = idp.entityId();
        this.destination = endpoint;
        this.recipient = endpoint;
        this.audience = audience;
        this.inResponseTo = inResponseTo;
        this.nameId = person;
        this.assertionKey = idp.key();
        attributes.put("email", List.of(person + "@" + idp.domain()));
        attributes.put("urn:oid:2.5.4.42", List.of("First"));
        attributes.put("urn:oid:2.5.4.4", List.of("Last"));
    }

    HandBuilt attribute(String name, String... values) {
        attributes.put(name, List.of(values));
        return this;
    }

    Document document() {
        Document document = Xml.parse(unsigned());
        Element response = document.getDocumentElement();
        if (assertionKey != null) {
            assertionKey.sign(Xml.child(response, Xml.ASSERTION, "Assertion"));
        }
        if (responseKey != null) {
            responseKey.sign(response);
        }
        return document;
    }

    String encoded() {
        return encode(document());
    }

    static String encode(Document document) {
        return Base64.getEncoder().encodeToString(Xml.text(document).getBytes(StandardCharsets.UTF_8));
    }

    /** As the redirect binding has it. */
    static String deflated(Document document) {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        Deflater raw = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, raw)) {
            out.write(Xml.text(document).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            raw.end();
        }
        return Base64.getEncoder().encodeToString(deflated.toByteArray());
    }

    private String unsigned() {
        String answer = inResponseTo == null ? "" : " InResponseTo='" + inResponseTo + "'";
        return "<samlp:Response xmlns:samlp='" + Xml.PROTOCOL + "' xmlns:saml='" + Xml.ASSERTION + "' ID='_"
                + UUID.randomUUID() + "' Version='2.0' IssueInstant='" + now + "' Destination='" + destination + "'"
                + answer + "><saml:Issuer>" + issuer + "</saml:Issuer><samlp:Status><samlp:StatusCode"
                + " Value='urn:oasis:names:tc:SAML:2.0:status:Success'/></samlp:Status>" + assertion(answer)
                + "</samlp:Response>";
    }

    private String assertion(String answer) {
        Instant end = now.plus(life);
        StringBuilder xml = new StringBuilder("<saml:Assertion xmlns:saml='" + Xml.ASSERTION + "' ID='" + assertionId
                + "' Version='2.0' IssueInstant='" + now + "'><saml:Issuer>" + issuer + "</saml:Issuer>"
                + "<saml:Subject><saml:NameID Format='" + nameIdFormat + "'>" + nameId + "</saml:NameID>");
        if (bearer) {
            xml.append("<saml:SubjectConfirmation Method='urn:oasis:names:tc:SAML:2.0:cm:bearer'>"
                    + "<saml:SubjectConfirmationData NotOnOrAfter='" + end + "' Recipient='" + recipient + "'" + answer
                    + "/></saml:SubjectConfirmation>");
        }
        xml.append("</saml:Subject>");
        if (conditions) {
            xml.append("<saml:Conditions NotBefore='" + now.minusSeconds(5) + "' NotOnOrAfter='" + end + "'>");
            if (audienceRestriction) {
                xml.append("<saml:AudienceRestriction><saml:Audience>" + audience
                        + "</saml:Audience></saml:AudienceRestriction>");
            }
            xml.append("</saml:Conditions>");
        }
        xml.append("<saml:AuthnStatement AuthnInstant='" + authnInstant + "' SessionIndex='" + assertionId
                + "'><saml:AuthnContext><saml:AuthnContextClassRef>" + context
                + "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>");
        attributes.forEach((name, values) -> {
            // Keycloak takes the address from this name, or from this friendly name
            String names = name.equals("email") ? "urn:oid:1.2.840.113549.1.9.1' FriendlyName='email" : name;
            xml.append("<saml:Attribute Name='" + names + "'>");
            values.forEach(value -> xml.append("<saml:AttributeValue>" + value + "</saml:AttributeValue>"));
            xml.append("</saml:Attribute>");
        });
        return xml.append("</saml:AttributeStatement></saml:Assertion>").toString();
    }
}
