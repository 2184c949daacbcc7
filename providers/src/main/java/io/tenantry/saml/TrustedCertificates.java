package io.tenantry.saml;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The certificates whose signatures count. Without pins those that the provider is configured with. With pins only the
 * pinned ones, wherever they come from: a thumbprint names a certificate as well as the certificate itself does.
 */
record TrustedCertificates(Collection<X509Certificate> configured, Set<String> pins, Clock clock) {

    /** The keys that count, given what a message brings along. */
    List<PublicKey> keys(Collection<X509Certificate> embedded) {
        Stream<X509Certificate> candidates = pins.isEmpty()
                ? configured.stream()
                : Stream.concat(configured.stream(), embedded.stream())
                        .filter(certificate -> pins.contains(thumbprint(certificate)));
        return candidates
                .filter(this::inForce)
                .map(X509Certificate::getPublicKey)
                .distinct()
                .toList();
    }

    private boolean inForce(X509Certificate certificate) {
        Instant now = clock.instant();
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    static String thumbprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a parsed certificate has an encoding, and Java has SHA-256", e);
        }
    }
}
