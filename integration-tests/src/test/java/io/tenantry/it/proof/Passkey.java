package io.tenantry.it.proof;

import io.tenantry.stack.browser.Page;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An authenticator that registers a passkey without attestation, as a browser would hand it on. */
final class Passkey {
    private static final Pattern CHALLENGE = Pattern.compile("challenge\\s*:\\s*['\"]([A-Za-z0-9_-]+)['\"]");
    private static final Pattern RP_ID = Pattern.compile("rpId\\s*:\\s*['\"]([^'\"]+)['\"]");
    private static final byte USER_PRESENT_VERIFIED_AND_ATTESTED = 0x45;
    private static final int COORDINATE = 32;

    private Passkey() {}

    /** Answers the page that asks for one. */
    static Page register(Page page) throws GeneralSecurityException {
        byte[] id = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
        String origin = page.uri().getScheme() + "://" + page.uri().getAuthority();
        String client = "{\"type\":\"webauthn.create\",\"challenge\":\"" + found(CHALLENGE, page) + "\",\"origin\":\""
                + origin + "\",\"crossOrigin\":false}";
        byte[] data = authenticatorData(found(RP_ID, page), id);
        ByteArrayOutputStream attestation = new ByteArrayOutputStream();
        attestation.write(0xa3);
        text(attestation, "fmt");
        text(attestation, "none");
        text(attestation, "attStmt");
        attestation.write(0xa0);
        text(attestation, "authData");
        bytes(attestation, data);
        return page.submit(Map.of(
                "clientDataJSON", base64(client.getBytes(StandardCharsets.UTF_8)),
                "attestationObject", base64(attestation.toByteArray()),
                "publicKeyCredentialId", base64(id),
                "authenticatorLabel", "key"));
    }

    private static byte[] authenticatorData(String rpId, byte[] id) throws GeneralSecurityException {
        byte[] key = publicKey();
        ByteBuffer data = ByteBuffer.allocate(32 + 1 + 4 + 16 + 2 + id.length + key.length);
        data.put(MessageDigest.getInstance("SHA-256").digest(rpId.getBytes(StandardCharsets.UTF_8)));
        data.put(USER_PRESENT_VERIFIED_AND_ATTESTED);
        data.putInt(0);
        data.put(new byte[16]);
        data.putShort((short) id.length);
        data.put(id);
        data.put(key);
        return data.array();
    }

    /** As COSE has it: an elliptic curve key, ES256, P-256. */
    private static byte[] publicKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        ECPublicKey key = (ECPublicKey) generator.generateKeyPair().getPublic();
        ByteArrayOutputStream cose = new ByteArrayOutputStream();
        cose.writeBytes(new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21});
        bytes(cose, coordinate(key.getW().getAffineX()));
        cose.write(0x22);
        bytes(cose, coordinate(key.getW().getAffineY()));
        return cose.toByteArray();
    }

    private static byte[] coordinate(BigInteger value) {
        byte[] signed = value.toByteArray();
        byte[] fixed = new byte[COORDINATE];
        int length = Math.min(signed.length, COORDINATE);
        System.arraycopy(signed, signed.length - length, fixed, COORDINATE - length, length);
        return fixed;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.write(0x60 + text.length());
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        out.write(0x58);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private static String found(Pattern pattern, Page page) {
        Matcher matcher = pattern.matcher(page.body());
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " on " + page + ", which says: " + page.text());
        }
        return matcher.group(1);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
