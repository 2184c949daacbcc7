package io.tenantry.saml;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MultivaluedMap;
import java.security.PublicKey;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.broker.saml.SAMLIdentityProviderConfig;
import org.keycloak.common.VerificationException;
import org.keycloak.dom.saml.v2.protocol.ResponseType;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.saml.SAMLDecryptionKeysLocator;
import org.keycloak.protocol.saml.SamlProtocol;
import org.keycloak.protocol.saml.SamlProtocolFactory;
import org.keycloak.protocol.saml.SamlProtocolUtils;
import org.keycloak.rotation.HardcodedKeyLocator;
import org.keycloak.saml.SAMLRequestParser;
import org.keycloak.saml.common.constants.GeneralConstants;
import org.keycloak.saml.common.exceptions.ConfigurationException;
import org.keycloak.saml.common.exceptions.ParsingException;
import org.keycloak.saml.common.exceptions.ProcessingException;
import org.keycloak.saml.processing.core.saml.v2.common.SAMLDocumentHolder;
import org.keycloak.saml.processing.core.saml.v2.util.AssertionUtil;
import org.keycloak.saml.processing.web.util.PostBindingUtil;
import org.w3c.dom.Element;

/**
 * The response in the current request, read again from the wire: a mapper is only given the parsed objects, which do
 * not say what was signed. Over the artifact binding the server fetches the response itself and keeps only those
 * objects, so nothing can be proved; a response in the same request is then not the one that it took.
 */
final class ReceivedResponse {
    private final KeycloakSession session;
    private final SAMLDocumentHolder holder;
    private final ResponseDocument document;
    private final boolean redirect;

    private ReceivedResponse(
            KeycloakSession session, SAMLDocumentHolder holder, ResponseDocument document, boolean redirect) {
        this.session = session;
        this.holder = holder;
        this.document = document;
        this.redirect = redirect;
    }

    /** Reads it; empty if the request holds none. */
    static Optional<ReceivedResponse> of(KeycloakSession session, SAMLIdentityProviderConfig provider) {
        HttpRequest request = session.getContext().getHttpRequest();
        boolean redirect = HttpMethod.GET.equals(request.getHttpMethod());
        MultivaluedMap<String, String> parameters =
                redirect ? session.getContext().getUri().getQueryParameters() : request.getDecodedFormParameters();
        String message = parameters.getFirst(GeneralConstants.SAML_RESPONSE_KEY);
        if (message == null || parameters.containsKey(GeneralConstants.SAML_ARTIFACT_KEY)) {
            return Optional.empty();
        }
        SAMLDocumentHolder holder = redirect
                ? SAMLRequestParser.parseResponseRedirectBinding(message, maxInflatingSize(session))
                : SAMLRequestParser.parseResponseDocument(PostBindingUtil.base64Decode(message));
        if (holder == null || !(holder.getSamlObject() instanceof ResponseType parsed)) {
            return Optional.empty();
        }
        Element root = holder.getSamlDocument().getDocumentElement();
        ResponseDocument document = new ResponseDocument(root, decrypted(session, provider, parsed));
        return Optional.of(new ReceivedResponse(session, holder, document, redirect));
    }

    ResponseDocument document() {
        return document;
    }

    /** Whether the whole message is signed by one of these keys, in the way its binding has. */
    boolean signedBy(Collection<PublicKey> keys) {
        if (!redirect) {
            return EnvelopedSignature.of(document.response())
                    .filter(signature -> signature.validBy(keys))
                    .isPresent();
        }
        // Key by key: this check looks no further than the first key it is offered
        return keys.stream().anyMatch(this::querySignedBy);
    }

    private boolean querySignedBy(PublicKey key) {
        try {
            SamlProtocolUtils.verifyRedirectSignature(
                    holder,
                    new HardcodedKeyLocator(key),
                    session.getContext().getUri(),
                    GeneralConstants.SAML_RESPONSE_KEY);
            return true;
        } catch (VerificationException invalid) {
            return false;
        }
    }

    private static @Nullable Element decrypted(
            KeycloakSession session, SAMLIdentityProviderConfig provider, ResponseType parsed) {
        try {
            if (!AssertionUtil.isAssertionEncrypted(parsed)) {
                return null;
            }
            return AssertionUtil.decryptAssertion(
                    parsed,
                    new SAMLDecryptionKeysLocator(
                            session, session.getContext().getRealm(), provider.getEncryptionAlgorithm()));
        } catch (ProcessingException | ParsingException | ConfigurationException unreadable) {
            // The server decrypted it a moment ago; what cannot be read again proves nothing
            return null;
        }
    }

    private static long maxInflatingSize(KeycloakSession session) {
        return ((SamlProtocolFactory) session.getKeycloakSessionFactory()
                        .getProviderFactory(LoginProtocol.class, SamlProtocol.LOGIN_PROTOCOL))
                .getMaxInflatingSize();
    }
}
