package io.tenantry.revocation.secevent;

import io.tenantry.contract.Revocation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Revocations with the tokens that could be made for them.
 *
 * @param revocations all of them, in order
 * @param count how many carry a token
 * @param failure why the others do not; null if all do
 */
record Attached(
        List<Revocation> revocations, int count, @Nullable Throwable failure) {
    Attached {
        revocations = List.copyOf(revocations);
    }

    static Attached of(List<Revocation> revocations, PatientSigning.Signed signed) {
        List<Revocation> attached = new ArrayList<>(revocations);
        Throwable failure = signed.failure();
        int count = 0;
        for (int i = 0; i < signed.tokens().size(); i++) {
            String token = signed.tokens().get(i);
            if (token.length() <= Revocation.MAX_SECURITY_EVENT_LENGTH) {
                attached.set(i, revocations.get(i).withSecurityEvent(token));
                count++;
            } else {
                failure = new CannotSignException("an event has " + token.length() + " characters; "
                        + Revocation.MAX_SECURITY_EVENT_LENGTH
                        + " are allowed: name fewer or shorter audiences, or choose a key with shorter signatures");
            }
        }
        return new Attached(attached, count, failure);
    }
}
