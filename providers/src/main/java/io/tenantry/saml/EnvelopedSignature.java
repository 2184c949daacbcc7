package io.tenantry.saml;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import org.keycloak.rotation.HardcodedKeyLocator;
import org.keycloak.saml.common.constants.JBossSAMLConstants;
import org.keycloak.saml.processing.core.util.XMLSignatureUtil;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * The signature that an element carries of itself: its own child, with one reference, to the element's id, and no
 * transform that could hide a part. Anything else counts as none, which is what signature wrapping needs to work.
 */
record EnvelopedSignature(Element signed, Element signature) {
    private static final String ID = JBossSAMLConstants.ID.get();
    private static final Set<String> HARMLESS = Set.of(
            Transform.ENVELOPED,
            CanonicalizationMethod.EXCLUSIVE,
            CanonicalizationMethod.EXCLUSIVE_WITH_COMMENTS,
            CanonicalizationMethod.INCLUSIVE,
            CanonicalizationMethod.INCLUSIVE_WITH_COMMENTS);

    /** The signature of an element. */
    static Optional<EnvelopedSignature> of(Element element) {
        List<Element> signatures = children(element)
                .filter(child -> is(child, XMLSignature.XMLNS, "Signature"))
                .toList();
        String id = element.getAttribute(ID);
        if (signatures.size() != 1 || id.isEmpty()) {
            return Optional.empty();
        }
        List<Element> references = children(signatures.get(0))
                .filter(child -> is(child, XMLSignature.XMLNS, "SignedInfo"))
                .flatMap(EnvelopedSignature::children)
                .filter(child -> is(child, XMLSignature.XMLNS, "Reference"))
                .toList();
        boolean ownReference = references.size() == 1
                && references.get(0).getAttribute("URI").equals('#' + id)
                && descendants(references.get(0), XMLSignature.XMLNS, "Transform").stream()
                        .map(transform -> transform.getAttribute("Algorithm"))
                        .allMatch(HARMLESS::contains);
        return ownReference ? Optional.of(new EnvelopedSignature(element, signatures.get(0))) : Optional.empty();
    }

    /** Whether one of these keys made it. */
    boolean validBy(Collection<PublicKey> keys) {
        if (keys.isEmpty()) {
            return false;
        }
        signed.setIdAttribute(ID, true);
        try {
            return XMLSignatureUtil.validateSingleNode(signature, new HardcodedKeyLocator(keys));
        } catch (MarshalException | XMLSignatureException invalid) {
            return false;
        }
    }

    /** The certificates that it brings along; nothing vouches for them. */
    List<X509Certificate> embeddedCertificates() {
        return descendants(signature, XMLSignature.XMLNS, "X509Certificate").stream()
                .map(text -> text.getTextContent().replaceAll("\\s", ""))
                .flatMap(ProviderCertificates::parse)
                .toList();
    }

    static boolean is(Element element, String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    static Stream<Element> children(Element parent) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
                .map(Element.class::cast);
    }

    static List<Element> descendants(Element parent, String namespace, String name) {
        NodeList nodes = parent.getElementsByTagNameNS(namespace, name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .map(Element.class::cast)
                .toList();
    }
}
