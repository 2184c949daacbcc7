package io.tenantry.password;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.List;

/** An estimate of how many guesses a password withstands. */
final class Strength {
    /** The strongest. */
    static final int MAX = 4;

    /** The estimate's cost grows faster than the password; what follows can only make it stronger. */
    private static final int LOOKED_AT = 72;

    private Strength() {}

    /**
     * From 0, too guessable, to {@value #MAX}, very unguessable.
     *
     * @param known words that an attacker of this very person would try
     */
    static int of(String password, List<String> known) {
        String start = password.length() <= LOOKED_AT ? password : password.substring(0, LOOKED_AT);
        return Estimator.ZXCVBN.measure(start, known).getScore();
    }

    /** Its dictionaries are loaded when they are first needed. */
    private static final class Estimator {
        static final Zxcvbn ZXCVBN = new Zxcvbn();
    }
}
