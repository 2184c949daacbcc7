package io.tenantry.it.saml;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.w3c.dom.Element;

/** What an identity provider signs with. */
record SigningKey(KeyPair keys, X509Certificate certificate) {
    private static final XMLSignatureFactory XML = XMLSignatureFactory.getInstance("DOM");

    /** In force now. */
    static SigningKey fresh() {
        return endingIn(Duration.ofDays(90));
    }

    /** Its certificate ended a day ago. */
    static SigningKey expired() {
        return endingIn(Duration.ofDays(-1));
    }

    static SigningKey endingIn(Duration end) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair keys = generator.generateKeyPair();
            X500Principal name = new X500Principal("CN=idp.example");
            Instant now = Instant.now();
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.ONE,
                                    Date.from(now.minus(Duration.ofDays(30))),
                                    Date.from(now.plus(end)),
                                    name,
                                    keys.getPublic())
                            .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
            return new SigningKey(keys, certificate);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For an identity provider's settings. */
    String base64() {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String thumbprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a text, in Base64. */
    String signature(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds an enveloped signature after the element's issuer. */
    void sign(Element element) {
        element.setIdAttribute("ID", true);
        try {
            SignedInfo info = XML.newSignedInfo(
                    XML.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                    XML.newSignatureMethod(SignatureMethod.RSA_SHA256, null),
                    List.of(XML.newReference(
                            '#' + element.getAttribute("ID"),
                            XML.newDigestMethod(DigestMethod.SHA256, null),
                            List.of(
                                    XML.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                                    XML.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                            null,
                            null)));
            KeyInfoFactory keyInfos = XML.getKeyInfoFactory();
            DOMSignContext context = new DOMSignContext(
                    keys.getPrivate(),
                    element,
                    Xml.child(element, Xml.ASSERTION, "Issuer").getNextSibling());
            context.setDefaultNamespacePrefix("ds");
            XML.newXMLSignature(info, keyInfos.newKeyInfo(List.of(keyInfos.newX509Data(List.of(certificate)))))
                    .sign(context);
        } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
            throw new IllegalStateException(e);
        }
    }
}
