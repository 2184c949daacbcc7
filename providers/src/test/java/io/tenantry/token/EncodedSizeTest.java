package io.tenantry.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodedSizeTest {
    private static final String KEY_ID = "IvJ0oRkmqYF4y8u1dPGq6qQ8n2Xq5lq0Wc1u7TzJ9gA";

    /** Against the lengths that the standards give for signatures. */
    @ParameterizedTest
    @CsvSource({
        "RS256, RSA, 2048, 256",
        "RS256, RSA, 3072, 384",
        "ES256, EC, 256, 64",
        "ES512, EC, 521, 132",
        "EdDSA, Ed25519, 0, 64",
        "EdDSA, Ed448, 0, 114",
        "HS512, , 0, 64"
    })
    void isTheLengthOfTheCompactForm(String algorithm, @Nullable String type, int bits, int signature)
            throws GeneralSecurityException {
        for (String name : List.of("JWT", "at+jwt")) {
            check(name, algorithm, type, bits, signature);
        }
    }

    private static void check(String name, String algorithm, @Nullable String type, int bits, int signature)
            throws GeneralSecurityException {
        byte[] payload = "{\"iss\":\"https://login.example\"}".getBytes(StandardCharsets.UTF_8);
        String header = "{\"alg\":\"" + algorithm + "\",\"typ\" : \"" + name + "\",\"kid\" : \"" + KEY_ID + "\"}";
        String compact = base64(header.getBytes(StandardCharsets.UTF_8))
                + '.'
                + base64(payload)
                + '.'
                + base64(new byte[signature]);

        assertThat(EncodedSize.of(payload.length, name, algorithm, KEY_ID, type == null ? null : key(type, bits)))
                .isEqualTo(compact.length());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static PublicKey key(String type, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
        if (bits > 0) {
            generator.initialize(bits);
        }
        KeyPair pair = generator.generateKeyPair();
        return pair.getPublic();
    }
}
