package io.tenantry.it.proof;

import io.tenantry.it.CutoffWindow;
import io.tenantry.it.TestOrg;
import io.tenantry.it.TestOrgGroup;
import io.tenantry.it.Tokens;
import io.tenantry.stack.browser.Browser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One person, two lenders, sessions and tokens, as docs/tenants-in-tokens.md and decision 0017 have them: what must come of
 * a request, told from what was done before and from nothing that the server has said.
 */
final class ProofModel {
    /** What must come of a request. */
    enum Verdict {
        GRANTED,
        REFUSED,
        /** Two things happened within one second, which is all that a token's {@code iat} tells. */
        EITHER;

        static Verdict of(boolean granted) {
            return granted ? GRANTED : REFUSED;
        }

        Verdict and(Verdict other) {
            if (this == REFUSED || other == REFUSED) {
                return REFUSED;
            }
            return this == EITHER ? this : other;
        }
    }

    /** A lender, which keeps its alias as it is deleted and founded again. */
    static final class Lender {
        final String alias;
        TestOrg org;
        TestOrgGroup staff;
        String role;
        boolean joined;
        boolean enabled;
        /** How often the person has lost a membership. */
        int losses;

        final List<CutoffWindow> cutoffs = new ArrayList<>();

        Lender(TestOrg org, TestOrgGroup staff, String role) {
            this.alias = org.alias();
            this.org = org;
            this.staff = staff;
            this.role = role;
            this.enabled = true;
        }

        /** What it is from now on, without the person. */
        void foundedAs(Lender anew) {
            org = anew.org;
            staff = anew.staff;
            role = anew.role;
            enabled = true;
        }

        @Override
        public String toString() {
            return alias;
        }
    }

    /** A browser's session: what the person's own credentials proved in it, and what the provider did. */
    static final class Session {
        final Browser browser;
        final int number;
        Counting own = Counting.NOWHERE;
        Counting provided = Counting.NOWHERE;
        /** Since when its client has tokens of a lender that were not lost with a membership. */
        final Map<Lender, Long> since = new HashMap<>();

        Session(Browser browser, int number) {
            this.browser = browser;
            this.number = number;
        }

        @Override
        public String toString() {
            return "session " + number;
        }
    }

    /**
     * Tokens that are held.
     *
     * @param losses of memberships in the lender, before they were issued
     */
    record Held(Tokens tokens, Lender lender, Session session, int losses, long issuedAt) {
        @Override
        public String toString() {
            return lender + "'s of " + session;
        }
    }

    /**
     * A credential of the person's.
     *
     * @param secret the password, or the app's key
     */
    record Credential(String secret, Counting counting) {}

    final List<Lender> lenders;
    final List<Session> sessions = new ArrayList<>();
    final List<Held> held = new ArrayList<>();

    /** Of what ends all the person's access tokens, and no session. */
    final List<CutoffWindow> cutoffs = new ArrayList<>();

    Credential password;

    @Nullable Credential app;

    private final Lender withProvider;

    ProofModel(Lender withProvider, Lender other, String password) {
        this.withProvider = withProvider;
        this.lenders = List.of(withProvider, other);
        this.password = new Credential(password, Counting.ANYWHERE);
    }

    /** What a sign-in by all that the person has here proves. */
    Counting byCredentials() {
        return app == null ? password.counting() : password.counting().and(app.counting());
    }

    /** What a sign-in through the provider proves. */
    Counting byProvider() {
        return Counting.within(withProvider.org.id());
    }

    /**
     * Whom a session's proofs count for by now: a provider of a lender founded anew vouches no more for the former, and
     * that of a disabled one for nobody.
     */
    Counting counting(Session session) {
        return withProvider.enabled ? session.own.or(session.provided.and(byProvider())) : session.own;
    }

    /** Whether a session gets tokens for a lender. */
    Verdict enters(Session session, Lender lender) {
        return Verdict.of(lender.joined && lender.enabled && counting(session).covers(lender.org.id()));
    }

    /** Whether Keycloak takes an access token back. */
    Verdict accessTokenLives(Lender lender, long issuedAt) {
        if (covers(lender.cutoffs, issuedAt) || covers(cutoffs, issuedAt)) {
            return Verdict.REFUSED;
        }
        return mayCover(lender.cutoffs, issuedAt) || mayCover(cutoffs, issuedAt) ? Verdict.EITHER : Verdict.GRANTED;
    }

    Verdict presents(Held token) {
        return accessTokenLives(token.lender(), token.issuedAt()).and(enters(token.session(), token.lender()));
    }

    Verdict refreshes(Held token) {
        return refreshTokenLives(token).and(enters(token.session(), token.lender()));
    }

    private static Verdict refreshTokenLives(Held token) {
        if (token.losses() == token.lender().losses) {
            return Verdict.GRANTED;
        }
        Long since = token.session().since.get(token.lender());
        return since == null || token.issuedAt() < since ? Verdict.REFUSED : Verdict.EITHER;
    }

    /**
     * Whether a session may set a credential.
     *
     * @param replaced what it takes the place of; null for none
     */
    Verdict changes(Session session, @Nullable Credential replaced) {
        Counting proven = counting(session);
        List<String> memberships = lenders.stream()
                .filter(lender -> lender.joined)
                .map(lender -> lender.org.id())
                .toList();
        boolean noWider = replaced != null
                && !replaced.counting().anywhere()
                && replaced.counting().equals(replaced.counting().and(proven));
        return Verdict.of(proven.coversAll(memberships) || noWider);
    }

    /** What was issued for a lender is pinned to it, and what was lost of it before stays lost. */
    void issued(Session session, Lender lender, long issuedAt) {
        session.since.putIfAbsent(lender, issuedAt);
    }

    /** The person is no longer in a lender. */
    void lost(Lender lender) {
        lender.joined = false;
        lender.losses++;
        sessions.forEach(session -> session.since.remove(lender));
    }

    private static boolean covers(List<CutoffWindow> windows, long issuedAt) {
        return windows.stream().anyMatch(window -> window.covers(issuedAt));
    }

    private static boolean mayCover(List<CutoffWindow> windows, long issuedAt) {
        return windows.stream().anyMatch(window -> window.mayCover(issuedAt));
    }
}
