package io.tenantry.it.password;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A password as another system would hand it over: hashed, with its date. */
final class OldPassword {
    private static final int ITERATIONS = 10;
    private static final int BITS = 512;

    private static final String LONG_AGO = "1600000000000";

    private OldPassword() {}

    /** Of the year 2020. */
    static Map<String, String> credential(String password) {
        return credential(password, LONG_AGO);
    }

    private static Map<String, String> credential(String password, String createdMillis) {
        byte[] salt = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, BITS))
                    .getEncoded();
            Base64.Encoder base64 = Base64.getEncoder();
            return Map.of(
                    "type",
                    "password",
                    "createdDate",
                    createdMillis,
                    "secretData",
                    "{\"value\":\"" + base64.encodeToString(hash) + "\",\"salt\":\"" + base64.encodeToString(salt)
                            + "\"}",
                    "credentialData",
                    "{\"hashIterations\":" + ITERATIONS + ",\"algorithm\":\"pbkdf2-sha256\"}");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JRE has PBKDF2", e);
        }
    }
}
