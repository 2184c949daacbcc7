package io.tenantry.token;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.jspecify.annotations.Nullable;

/** How long a signed token becomes, reckoned without signing it: a signature costs more than all else of an issue. */
final class EncodedSize {
    /** The header without its variable parts, as Keycloak writes it. */
    private static final int HEADER = "{\"alg\":\"\",\"typ\" : \"\",\"kid\" : \"\"}".length();

    private EncodedSize() {}

    /**
     * Counts the characters of the compact form.
     *
     * @param payload bytes of the claims as JSON
     * @param type the header's {@code typ}
     * @param key the signer's public key; null for a shared secret
     */
    static int of(int payload, String type, String algorithm, String keyId, @Nullable PublicKey key) {
        int header = HEADER + type.length() + algorithm.length() + keyId.length();
        return base64(header) + 1 + base64(payload) + 1 + base64(signature(algorithm, key));
    }

    private static int signature(String algorithm, @Nullable PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return bytes(rsa.getModulus().bitLength());
        }
        if (key instanceof ECPublicKey ec) {
            return 2 * bytes(ec.getParams().getCurve().getField().getFieldSize());
        }
        if (algorithm.startsWith("HS")) {
            return bytes(Integer.parseInt(algorithm.substring(2)));
        }
        // EdDSA: Ed448 is the longer of its two curves, and the only one with a longer key than 44 bytes.
        return key != null && key.getEncoded().length > 44 ? 114 : 64;
    }

    private static int bytes(int bits) {
        return (bits + 7) / 8;
    }

    /** Without padding. */
    private static int base64(int bytes) {
        return (bytes * 4 + 2) / 3;
    }
}
