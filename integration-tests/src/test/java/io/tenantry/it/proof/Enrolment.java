package io.tenantry.it.proof;

import io.tenantry.stack.browser.Page;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A way to enrol a credential in a session, by an action that an application may ask for. */
enum Enrolment {
    PASSWORD("UPDATE_PASSWORD", "password") {
        @Override
        Page finish(Page page) {
            return page.submit(
                    Map.of("password-new", VouchedRealm.NEW_PASSWORD, "password-confirm", VouchedRealm.NEW_PASSWORD));
        }
    },
    APP("CONFIGURE_TOTP", "otp") {
        @Override
        Page finish(Page page) throws GeneralSecurityException {
            String secret = page.document().selectFirst("[name=totpSecret]").attr("value");
            return page.submit(Map.of("totp", code(secret), "userLabel", "phone"));
        }
    },
    SECURITY_KEY("webauthn-register", "webauthn") {
        @Override
        Page finish(Page page) throws GeneralSecurityException {
            return Passkey.register(page);
        }
    },
    PASSKEY("webauthn-register-passwordless", "webauthn-passwordless") {
        @Override
        Page finish(Page page) throws GeneralSecurityException {
            return Passkey.register(page);
        }
    },
    RECOVERY_CODES("CONFIGURE_RECOVERY_AUTHN_CODES", "recovery-authn-codes") {
        @Override
        Page finish(Page page) {
            return page.submit(Map.of(
                    "generatedRecoveryAuthnCodes",
                    page.document()
                            .selectFirst("[name=generatedRecoveryAuthnCodes]")
                            .attr("value")));
        }
    };

    private static final int STEP = 30;
    private static final int DIGITS = 1_000_000;

    private final String action;
    private final String type;

    Enrolment(String action, String type) {
        this.action = action;
        this.type = type;
    }

    /** The action's name, for {@code kc_action}. */
    String action() {
        return action;
    }

    /** Keycloak's credential type. */
    String type() {
        return type;
    }

    /** Fills in the action's page. */
    abstract Page finish(Page page) throws GeneralSecurityException;

    /** RFC 6238, for now. */
    private static String code(String secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES)
                .putLong(Instant.now().getEpochSecond() / STEP)
                .array());
        int offset = hash[hash.length - 1] & 0xf;
        int binary = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & Integer.MAX_VALUE;
        return String.format("%06d", binary % DIGITS);
    }
}
