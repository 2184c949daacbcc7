package io.tenantry.saml;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.saml.common.constants.JBossSAMLConstants;
import org.keycloak.saml.common.constants.JBossSAMLURIConstants;
import org.w3c.dom.Element;

/**
 * A login response as it came over the wire.
 *
 * @param response its root
 * @param decrypted what the encrypted assertion holds; null if it came in clear
 */
record ResponseDocument(Element response, @Nullable Element decrypted) {
    private static final String ASSERTIONS = JBossSAMLURIConstants.ASSERTION_NSURI.get();
    private static final String ID = JBossSAMLConstants.ID.get();

    /** The one assertion; empty unless there is exactly one, and it is where one belongs. */
    Optional<Element> assertion() {
        List<Element> clear = EnvelopedSignature.descendants(response, ASSERTIONS, "Assertion");
        List<Element> encrypted = EnvelopedSignature.descendants(response, ASSERTIONS, "EncryptedAssertion");
        if (clear.size() + encrypted.size() != 1) {
            return Optional.empty();
        }
        Element only = clear.isEmpty() ? encrypted.get(0) : clear.get(0);
        if (only.getParentNode() != response) {
            return Optional.empty();
        }
        return clear.isEmpty()
                ? Optional.ofNullable(decrypted).filter(ResponseDocument::isAssertion)
                : Optional.of(only);
    }

    /** Whether it holds one assertion, every id once, and the assertion that the server read. */
    boolean wellStructured(String assertionId) {
        boolean sameAssertion =
                assertion().map(one -> one.getAttribute(ID).equals(assertionId)).orElse(false);
        return sameAssertion && uniqueIds();
    }

    private boolean uniqueIds() {
        Set<String> ids = new HashSet<>();
        return Stream.of(Optional.of(response), Optional.ofNullable(decrypted))
                .flatMap(Optional::stream)
                .flatMap(
                        root -> Stream.concat(Stream.of(root), EnvelopedSignature.descendants(root, "*", "*").stream()))
                .map(element -> element.getAttribute(ID))
                .filter(id -> !id.isEmpty())
                .allMatch(ids::add);
    }

    private static boolean isAssertion(Element element) {
        return EnvelopedSignature.is(element, ASSERTIONS, "Assertion")
                && EnvelopedSignature.descendants(element, ASSERTIONS, "Assertion")
                        .isEmpty()
                && EnvelopedSignature.descendants(element, ASSERTIONS, "EncryptedAssertion")
                        .isEmpty();
    }
}
