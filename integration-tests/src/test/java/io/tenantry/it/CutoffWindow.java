package io.tenantry.it;

import java.time.Duration;
import java.time.Instant;

/**
 * Where a cutoff lies, as far as a test can tell that has made a change and waited for the answer.
 *
 * @param earliest it is not before this
 * @param latest nor after this
 */
public record CutoffWindow(Instant earliest, Instant latest) {
    /** How far past its commit a cutoff reaches where what tokens are issued from has ended: docs/revocation.md. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** Of a change that ends what tokens are issued from. */
    public static CutoffWindow around(Runnable change) {
        CutoffWindow made = at(change);
        return new CutoffWindow(made.earliest.plus(MARGIN), made.latest.plus(MARGIN));
    }

    /** Of a change after which the very next token is good. */
    public static CutoffWindow at(Runnable change) {
        Instant before = Instant.now();
        change.run();
        return new CutoffWindow(before, Instant.now());
    }

    /** Whether what was issued in this second has ended for certain. */
    public boolean covers(long issuedAt) {
        return !Instant.ofEpochSecond(issuedAt).isAfter(earliest);
    }

    /** Whether it may have. */
    public boolean mayCover(long issuedAt) {
        return !Instant.ofEpochSecond(issuedAt).isAfter(latest);
    }
}
