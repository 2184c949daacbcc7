package io.tenantry.saml;

import io.tenantry.brokering.Vouching;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A login response as the rules see it.
 *
 * @param vouching what it says of the person
 * @param nameIdFormat the subject's format; null if it names none
 * @param bounds where and when it may be used
 * @param proof what is proved of the document
 * @param origin who asked for it
 * @param assertionId the assertion's id
 * @param expiresAt the first of its ends; null if it has none
 * @param skew by how much the provider's clock may be wrong
 */
record SamlEvidence(
        Vouching vouching,
        @Nullable String nameIdFormat,
        Bounds bounds,
        Proof proof,
        Origin origin,
        String assertionId,
        @Nullable Instant expiresAt,
        Duration skew) {

    /**
     * Where and when an assertion may be used.
     *
     * @param time whether conditions end it
     * @param audience whether it names for whom it is
     * @param bearer whether a bearer confirmation names our endpoint and an end
     */
    record Bounds(boolean time, boolean audience, boolean bearer) {}

    /**
     * What is proved of a document by keys that the settings trust.
     *
     * @param visible whether the document could be read again as it was sent
     * @param wellStructured whether it holds one assertion, where one belongs, and every id once
     * @param assertion whether that assertion is signed
     * @param response whether the whole is signed
     */
    record Proof(boolean visible, boolean wellStructured, boolean assertion, boolean response) {}

    /** Who asked for a response. */
    enum Origin {
        /** Our request, which the server has compared. */
        REQUESTED,
        /** Nobody. */
        UNSOLICITED,
        /** Nobody here, though it says that it answers somebody. */
        STRAY_ANSWER
    }
}
