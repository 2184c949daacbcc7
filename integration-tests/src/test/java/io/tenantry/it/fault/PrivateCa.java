package io.tenantry.it.fault;

import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A certificate authority of an operator's own, and the certificates that it gives to servers. */
final class PrivateCa {
    private final X500Principal name;
    private final KeyPair keys = keyPair();

    PrivateCa(String commonName) {
        name = new X500Principal("CN=" + commonName);
    }

    /** Writes its own certificate. */
    Path certificate(Path file) throws IOException {
        return write(file, certificate(name, keys, Extension.basicConstraints, new BasicConstraints(true)));
    }

    /** Writes a certificate for a host and its key. */
    void issue(String host, Path certificateFile, Path keyFile) throws IOException {
        KeyPair server = keyPair();
        write(
                certificateFile,
                certificate(
                        new X500Principal("CN=redis"),
                        server,
                        Extension.subjectAlternativeName,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, host))));
        // In PKCS #8, which names the curve
        write(keyFile, new PemObject("PRIVATE KEY", server.getPrivate().getEncoded()));
    }

    private X509CertificateHolder certificate(
            X500Principal subject, KeyPair subjectKeys, ASN1ObjectIdentifier extension, ASN1Object value)
            throws IOException {
        Instant now = Instant.now();
        try {
            return new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(now.toEpochMilli()),
                            Date.from(now.minus(Duration.ofDays(1))),
                            Date.from(now.plus(Duration.ofDays(30))),
                            subject,
                            subjectKeys.getPublic())
                    .addExtension(extension, extension.equals(Extension.basicConstraints), value)
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path write(Path file, Object what) throws IOException {
        try (Writer text = Files.newBufferedWriter(file);
                JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(what);
        }
        return file;
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
