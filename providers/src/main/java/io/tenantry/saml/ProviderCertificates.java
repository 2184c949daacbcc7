package io.tenantry.saml;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.broker.saml.SAMLIdentityProviderConfig;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.keys.PublicKeyStorageUtils;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.saml.SamlMetadataPublicKeyLoader;
import org.keycloak.saml.common.exceptions.ProcessingException;
import org.keycloak.saml.processing.core.util.XMLSignatureUtil;

/** The signing certificates that a provider is configured with: pasted, or in its metadata. */
final class ProviderCertificates {
    private ProviderCertificates() {}

    static List<X509Certificate> of(KeycloakSession session, SAMLIdentityProviderConfig provider) {
        String metadata = provider.getMetadataDescriptorUrl();
        if (provider.isUseMetadataDescriptorUrl() && metadata != null && !metadata.isBlank()) {
            String key = PublicKeyStorageUtils.getIdpModelCacheKey(
                    session.getContext().getRealm().getId(), provider.getInternalId());
            return session
                    .getProvider(PublicKeyStorageProvider.class)
                    .getKeys(key, new SamlMetadataPublicKeyLoader(session, metadata))
                    .stream()
                    .filter(wrapper -> wrapper.getUse() == null || wrapper.getUse() == KeyUse.SIG)
                    .map(KeyWrapper::getCertificate)
                    .filter(Objects::nonNull)
                    .toList();
        }
        return pasted(provider);
    }

    /** The pasted ones that can be read. */
    static List<X509Certificate> pasted(SAMLIdentityProviderConfig provider) {
        return Stream.of(provider.getSigningCertificates())
                .map(text -> text.replaceAll("\\s", ""))
                .filter(text -> !text.isEmpty())
                .flatMap(ProviderCertificates::parse)
                .toList();
    }

    /** One certificate in Base64; none if it cannot be read. */
    static Stream<X509Certificate> parse(String text) {
        try {
            return Stream.of(XMLSignatureUtil.getX509CertificateFromKeyInfoString(text));
        } catch (ProcessingException unreadable) {
            return Stream.empty();
        }
    }
}
