package io.tenantry.it.saml;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Encrypts assertions for a realm: AES-128-CBC, the key by RSA-OAEP. Anybody can: the realm's certificate is public. */
final class Encryption {
    private static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
    private static final int BLOCK = 16;

    private Encryption() {}

    /** Puts the response's assertion into an encrypted one. */
    static void encrypt(Document response, X509Certificate certificate) {
        Element root = response.getDocumentElement();
        Element assertion = Xml.child(root, Xml.ASSERTION, "Assertion");
        root.replaceChild(encrypted(response, assertion, certificate), assertion);
    }

    /** Adds the other response's assertion, encrypted, before or after the one that is there. */
    static void inject(Document response, Document other, X509Certificate certificate, boolean first) {
        Element root = response.getDocumentElement();
        Element assertion = Xml.child(root, Xml.ASSERTION, "Assertion");
        Node encrypted =
                encrypted(response, Xml.child(other.getDocumentElement(), Xml.ASSERTION, "Assertion"), certificate);
        root.insertBefore(encrypted, first ? assertion : null);
    }

    private static Node encrypted(Document into, Element assertion, X509Certificate certificate) {
        try {
            byte[] key = random(BLOCK);
            Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            oaep.init(Cipher.ENCRYPT_MODE, certificate.getPublicKey());
            String xml = "<saml:EncryptedAssertion xmlns:saml='" + Xml.ASSERTION + "'><xenc:EncryptedData xmlns:xenc='"
                    + XENC + "' Type='" + XENC + "Element'><xenc:EncryptionMethod Algorithm='" + XENC
                    + "aes128-cbc'/><ds:KeyInfo xmlns:ds='" + Xml.SIGNATURE + "'><xenc:EncryptedKey>"
                    + "<xenc:EncryptionMethod Algorithm='" + XENC + "rsa-oaep-mgf1p'/><xenc:CipherData>"
                    + "<xenc:CipherValue>" + base64(oaep.doFinal(key))
                    + "</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData>"
                    + "<xenc:CipherValue>" + base64(cbc(key, Xml.text(assertion)))
                    + "</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>";
            return into.importNode(Xml.parse(xml).getDocumentElement(), true);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** XML encryption's own padding: the last byte counts it, the others are anything. */
    private static byte[] cbc(byte[] key, String text) throws GeneralSecurityException {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        int padding = BLOCK - plain.length % BLOCK;
        byte[] padded = new byte[plain.length + padding];
        System.arraycopy(plain, 0, padded, 0, plain.length);
        padded[padded.length - 1] = (byte) padding;
        byte[] iv = random(BLOCK);
        Cipher aes = Cipher.getInstance("AES/CBC/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        byte[] body = aes.doFinal(padded);
        byte[] all = new byte[BLOCK + body.length];
        System.arraycopy(iv, 0, all, 0, BLOCK);
        System.arraycopy(body, 0, all, BLOCK, body.length);
        return all;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
