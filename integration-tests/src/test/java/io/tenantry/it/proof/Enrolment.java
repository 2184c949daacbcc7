package io.tenantry.it.proof;

import io.tenantry.stack.browser.Page;
import java.security.GeneralSecurityException;
import java.util.Map;

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
            return page.submit(Map.of("totp", Totp.code(secret), "userLabel", "phone"));
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
}
