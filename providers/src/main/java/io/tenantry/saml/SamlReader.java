package io.tenantry.saml;

import io.tenantry.brokering.SignIn;
import io.tenantry.brokering.Vouching;
import io.tenantry.time.ServerClock;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.saml.SAMLEndpoint;
import org.keycloak.broker.saml.SAMLIdentityProviderConfig;
import org.keycloak.dom.saml.v2.assertion.AssertionType;
import org.keycloak.dom.saml.v2.protocol.ResponseType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.saml.SamlProtocol;

/** Reads a login response in progress, from the objects that the server parsed and from the request itself. */
final class SamlReader {
    private final KeycloakSession session;
    private final BrokeredIdentityContext identity;
    private final SamlRuleSettings settings;
    private final SAMLIdentityProviderConfig provider;
    private final AssertionType assertion;
    private final ResponseType response;
    private final Set<String> emails;

    SamlReader(KeycloakSession session, BrokeredIdentityContext identity, SamlRuleSettings settings) {
        this.session = session;
        this.identity = identity;
        this.settings = settings;
        this.provider = new SAMLIdentityProviderConfig(identity.getIdpConfig());
        this.assertion = required(AssertionType.class, SAMLEndpoint.SAML_ASSERTION, identity);
        this.response = required(ResponseType.class, SAMLEndpoint.SAML_LOGIN_RESPONSE, identity);
        Set<String> sources = new HashSet<>(settings.emailAttributes());
        sources.addAll(EmailSources.of(session.identityProviders().getMappersByAliasStream(provider.getAlias())));
        this.emails = new Assertions(assertion).emails(sources);
    }

    private static <T> T required(Class<T> type, String key, BrokeredIdentityContext identity) {
        Object value = identity.getContextData().get(key);
        if (value == null) {
            throw new IllegalStateException("the server gave the mapper no " + key);
        }
        return type.cast(value);
    }

    /** Every address that it asserts. */
    Set<String> emails() {
        return emails;
    }

    SamlEvidence evidence() {
        Assertions read = new Assertions(assertion);
        Vouching vouching = new SignIn(session, identity)
                .vouching(emails, read.attributes(), new SignIn.How(read.context(), read.authenticatedAt()));
        return new SamlEvidence(
                vouching,
                read.nameIdFormat(),
                read.bounds(),
                proof(),
                origin(),
                assertion.getID(),
                read.expiresAt(),
                Duration.ofSeconds(provider.getAllowedClockSkew()));
    }

    private SamlEvidence.Proof proof() {
        Optional<ReceivedResponse> received = ReceivedResponse.of(session, provider);
        if (received.isEmpty()) {
            return new SamlEvidence.Proof(false, response.getAssertions().size() == 1, false, false);
        }
        TrustedCertificates trusted = new TrustedCertificates(
                ProviderCertificates.of(session, provider), settings.pins(), ServerClock.INSTANCE);
        ResponseDocument document = received.get().document();
        Optional<EnvelopedSignature> ofAssertion = document.assertion().flatMap(EnvelopedSignature::of);
        Optional<EnvelopedSignature> ofResponse = EnvelopedSignature.of(document.response());
        return new SamlEvidence.Proof(
                true,
                document.wellStructured(assertion.getID()),
                ofAssertion
                        .filter(signature -> signature.validBy(trusted.keys(signature.embeddedCertificates())))
                        .isPresent(),
                received.get().signedBy(keys(trusted, ofResponse)));
    }

    private static Collection<PublicKey> keys(TrustedCertificates trusted, Optional<EnvelopedSignature> signature) {
        List<X509Certificate> embedded =
                signature.map(EnvelopedSignature::embeddedCertificates).orElse(List.of());
        return trusted.keys(embedded);
    }

    private SamlEvidence.Origin origin() {
        if (identity.getAuthenticationSession().getClientNote(SamlProtocol.SAML_REQUEST_ID_BROKER) != null) {
            return SamlEvidence.Origin.REQUESTED;
        }
        boolean answers = response.getInResponseTo() != null;
        return answers ? SamlEvidence.Origin.STRAY_ANSWER : SamlEvidence.Origin.UNSOLICITED;
    }
}
