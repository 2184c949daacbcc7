package io.tenantry.it.saml;

import java.util.UUID;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * The eight classic ways to wrap a signature (XSW): the signed part stays in the document for the signature to be valid,
 * and a forged part stands where the application looks.
 */
enum Wrapping {
    /** Forged response; the signed one inside of its signature. */
    XSW1 {
        @Override
        void apply(Document document, Forgery forgery) {
            Element signed = document.getDocumentElement();
            Element original = (Element) signed.cloneNode(true);
            Element signature = Xml.child(signed, Xml.SIGNATURE, "Signature");
            original.removeChild(Xml.child(original, Xml.SIGNATURE, "Signature"));
            forgery.forge(signed);
            signature.appendChild(original);
        }
    },
    /** Forged response; the signed one beside its signature. */
    XSW2 {
        @Override
        void apply(Document document, Forgery forgery) {
            Element signed = document.getDocumentElement();
            Element original = (Element) signed.cloneNode(true);
            Element signature = Xml.child(signed, Xml.SIGNATURE, "Signature");
            original.removeChild(Xml.child(original, Xml.SIGNATURE, "Signature"));
            forgery.forge(signed);
            signed.insertBefore(original, signature);
        }
    },
    /** Forged assertion before the signed one. */
    XSW3 {
        @Override
        void apply(Document document, Forgery forgery) {
            Element assertion = assertion(document);
            Element forged = unsignedCopy(assertion);
            forgery.forge(forged);
            document.getDocumentElement().insertBefore(forged, assertion);
        }
    },
    /** Forged assertion around the signed one. */
    XSW4 {
        @Override
        void apply(Document document, Forgery forgery) {
            Element assertion = assertion(document);
            Element forged = unsignedCopy(assertion);
            forgery.forge(forged);
            document.getDocumentElement().replaceChild(forged, assertion);
            forged.appendChild(assertion);
        }
    },
    /** Forged assertion with the signature; the signed one, without it, at the end. */
    XSW5 {
        @Override
        void apply(Document document, Forgery forgery) {
            Element assertion = assertion(document);
            Element original = unsignedCopy(assertion);
            forgery.forge(assertion);
            document.getDocumentElement().appendChild(original);
        }
    },
    /** Forged assertion with the signature, which holds the signed one. */
    XSW6 {
        @Override
        void apply(Document document, Forgery forgery) {
            Element assertion = assertion(document);
            Element original = unsignedCopy(assertion);
            forgery.forge(assertion);
            Xml.child(assertion, Xml.SIGNATURE, "Signature").appendChild(original);
        }
    },
    /** Forged assertion among the extensions. */
    XSW7 {
        @Override
        void apply(Document document, Forgery forgery) {
            Element assertion = assertion(document);
            Element forged = unsignedCopy(assertion);
            // The same id: whoever looks for it finds the first
            String id = assertion.getAttribute("ID");
            forgery.forge(forged);
            forged.setAttribute("ID", id);
            Element extensions = document.createElementNS(Xml.PROTOCOL, "samlp:Extensions");
            extensions.appendChild(forged);
            document.getDocumentElement()
                    .insertBefore(extensions, Xml.child(document.getDocumentElement(), Xml.PROTOCOL, "Status"));
        }
    },
    /** Forged assertion with the signature, which holds the signed one as its object. */
    XSW8 {
        @Override
        void apply(Document document, Forgery forgery) {
            Element assertion = assertion(document);
            Element original = unsignedCopy(assertion);
            forgery.forge(assertion);
            Element object = document.createElementNS(Xml.SIGNATURE, "ds:Object");
            object.appendChild(original);
            Xml.child(assertion, Xml.SIGNATURE, "Signature").appendChild(object);
        }
    };

    /** What the attacker writes in a part: another person. */
    record Forgery(String genuine, String victim) {
        void forge(Element element) {
            element.setAttribute("ID", "_" + UUID.randomUUID());
            replace(element);
        }

        private void replace(Element element) {
            for (int i = 0; i < element.getChildNodes().getLength(); i++) {
                if (element.getChildNodes().item(i) instanceof Element child) {
                    replace(child);
                } else {
                    String text = element.getChildNodes().item(i).getTextContent();
                    element.getChildNodes().item(i).setTextContent(text.replace(genuine, victim));
                }
            }
        }
    }

    abstract void apply(Document document, Forgery forgery);

    /** Whether it needs the response signed rather than the assertion. */
    boolean wrapsResponse() {
        return this == XSW1 || this == XSW2;
    }

    private static Element assertion(Document document) {
        return Xml.child(document.getDocumentElement(), Xml.ASSERTION, "Assertion");
    }

    private static Element unsignedCopy(Element assertion) {
        Element copy = (Element) assertion.cloneNode(true);
        copy.removeChild(Xml.child(copy, Xml.SIGNATURE, "Signature"));
        return copy;
    }
}
