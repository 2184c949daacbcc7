package io.tenantry.stack.demo;

import com.nimbusds.jwt.JWTClaimsSet;
import io.tenantry.contract.RedisKeys;
import io.tenantry.contract.RevocationKind;
import io.tenantry.contract.Selector;
import io.tenantry.contract.StreamEntry;
import io.tenantry.contract.TenantClaims;
import io.tenantry.stack.Stack;
import io.tenantry.stack.browser.Browser;
import io.tenantry.stack.browser.Page;
import io.tenantry.verifier.Rejection;
import io.tenantry.verifier.TenantTokenVerifier;
import io.tenantry.verifier.Verification;
import io.tenantry.verifier.VerifierSettings;
import io.tenantry.verifier.redis.ReplicaSettings;
import io.tenantry.verifier.redis.RevocationReplica;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;

/** The main job from end to end, each step checked: sign-in per lender, password policy, logout, revocation, refusal. */
public final class Walk {
    private static final String REALM = "lending";
    private static final String AUDIENCE = "lending-api";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Twelve characters or more, upper case, a special character, no digit: harbor takes it, northbank wants a digit. */
    private static final String PASSWORD_WITHOUT_DIGIT = "Quiet-Harbour-Evening";

    private final Stack stack;
    private final Clock clock;
    private final Narrator narrator;
    private final URI issuer;
    private final LoanWorkplace workplace;
    private final AdminApi admin;

    /** Over a stack with the realm {@code lending}. */
    public Walk(Stack stack, PrintStream out, Clock clock) {
        this.stack = stack;
        this.clock = clock;
        this.narrator = new Narrator(out);
        Http http = new Http();
        this.issuer = URI.create(stack.keycloak().baseUri() + "/realms/" + REALM);
        this.workplace = new LoanWorkplace(issuer, http);
        this.admin = new AdminApi(stack.keycloak(), REALM, http);
    }

    /**
     * Walks.
     *
     * @throws StepFailedException at the first step that does not show what it must
     */
    public void run() {
        ReplicaSettings replicaSettings =
                ReplicaSettings.forRealm(stack.redis().uri(), REALM).build();
        VerifierSettings verifierSettings =
                VerifierSettings.forIssuer(issuer).audience(AUDIENCE).build();
        try (RevocationReplica replica = RevocationReplica.start(replicaSettings);
                TenantTokenVerifier verifier = TenantTokenVerifier.of(verifierSettings, replica)) {
            Browser browser = new Browser();
            Session forNorthbank = signIn(browser, "northbank", List.of("underwriter"));
            signIn(new Browser(), "harbor", List.of("loan-officer"));
            refusePassword();
            accept(replica, verifier, forNorthbank);
            signOut(browser, verifier, forNorthbank);
            showRevocation(forNorthbank);
        }
    }

    private Session signIn(Browser browser, String tenant, List<String> roles) {
        Account maya = Account.maya();
        narrator.step("Sign in " + maya + ", who works for two lenders, for " + tenant);
        narrator.did("authorization code flow with PKCE as " + LoanWorkplace.CLIENT_ID
                + ": user name, lender and password on the login pages");
        Session session = workplace.signIn(browser, maya, tenant);
        narrator.came("an access token of " + session.accessToken().length() + " bytes, decoded:");
        narrator.shown(session.shown());
        narrator.check(
                tenant.equals(session.claims().getClaim(TenantClaims.TENANT_ID)),
                TenantClaims.TENANT_ID + " is " + tenant);
        narrator.check(
                roles.equals(session.claims().getClaim(TenantClaims.TENANT_ROLES)),
                TenantClaims.TENANT_ROLES + " are " + roles + ", nothing of another lender");
        return session;
    }

    private void refusePassword() {
        Account noah = Account.noah();
        Account hana = Account.hana();
        narrator.step("A password that breaks the policy of one lender");
        narrator.did("the administrator gives " + noah + " (northbank) the password '" + PASSWORD_WITHOUT_DIGIT + "'");
        Http.Answer refused = admin.resetPassword(noah.username(), PASSWORD_WITHOUT_DIGIT);
        narrator.came(refused.status() + " " + refused.body());
        narrator.check(refused.status() == 400, "it is refused, and the answer says by which rule of which lender");
        narrator.check(refused.body().toString().contains("Northbank"), "the reason names the lender");
        narrator.did("the same password for " + hana + " (harbor), whose policy it meets");
        Http.Answer accepted = admin.resetPassword(hana.username(), PASSWORD_WITHOUT_DIGIT);
        narrator.came(Integer.toString(accepted.status()));
        narrator.check(accepted.status() == 204, "it is accepted");
        narrator.check(
                admin.resetPassword(hana.username(), hana.password()).status() == 204, "and set back to what it was");
    }

    private void accept(RevocationReplica replica, TenantTokenVerifier verifier, Session session) {
        narrator.step("A service that holds no session and asks nobody verifies the token for northbank");
        try {
            narrator.check(replica.awaitFresh(PATIENCE), "its replica of the revocations is fresh");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailedException("interrupted");
        }
        Verification verification = verifier.verify(session.accessToken());
        narrator.came(describe(verification));
        narrator.check(verification instanceof Verification.Accepted, "it is accepted");
    }

    /** Prints only after the clock was read: a terminal may take longer than the refusal. */
    private void signOut(Browser browser, TenantTokenVerifier verifier, Session session) {
        Page page = workplace.signOut(browser, session);
        long answered = System.nanoTime();
        Verification verification = verifier.verify(session.accessToken());
        while (!isRevoked(verification) && System.nanoTime() - answered < PATIENCE.toNanos()) {
            Thread.onSpinWait();
            verification = verifier.verify(session.accessToken());
        }
        double millis = (System.nanoTime() - answered) / 1e6;

        narrator.step("Log out");
        narrator.did("logout of the session " + session.claim("sid"));
        narrator.came(page.status() + ", back to " + page.uri());
        narrator.check(workplace.atApplication(page), "the logout ended at the application");
        narrator.step("The same token at the same verifier, before it expires");
        Duration left = Duration.between(clock.instant(), expiry(session));
        narrator.check(
                !left.isNegative() && !left.isZero(),
                "by its own claims the token is good for another " + left.toSeconds() + " seconds");
        narrator.came(describe(verification));
        narrator.check(
                isRevoked(verification),
                String.format(Locale.ROOT, "it is refused, %.1f ms after the logout was answered", millis));
    }

    private void showRevocation(Session session) {
        narrator.step("The revocation as it stands in Redis");
        Selector selector = Selector.sid(session.claim("sid"));
        RedisKeys keys = new RedisKeys(RedisKeys.DEFAULT_PREFIX, REALM);
        try (RedisClient redis = RedisClient.create(stack.redis().uri())) {
            String key = keys.cutoff(selector);
            String cutoff = redis.get(key);
            narrator.did("GET " + key);
            narrator.came(cutoff + ", for another " + redis.ttl(key) + " seconds");
            narrator.check(cutoff != null && cutoff.matches("\\d+"), "the cutoff of the session stands");
            narrator.did("XRANGE " + keys.stream() + " - +");
            Optional<Map<String, String>> entry = streamEntry(redis, keys, selector);
            entry.ifPresent(fields -> narrator.shown(new LinkedHashMap<>(fields)));
            narrator.check(entry.isPresent(), "the stream carries it to every verifier");
        }
    }

    private static Optional<Map<String, String>> streamEntry(RedisClient client, RedisKeys keys, Selector selector) {
        return client.xrange(keys.stream(), StreamEntryID.MINIMUM_ID, StreamEntryID.MAXIMUM_ID).stream()
                .map(entry -> entry.getFields())
                .filter(fields -> StreamEntry.parse(fields) instanceof StreamEntry.Revoked revoked
                        && revoked.revocation().selector().equals(selector))
                .findFirst();
    }

    private static boolean isRevoked(Verification verification) {
        return verification instanceof Verification.Rejected rejected
                && rejected.reason() == Rejection.REVOKED
                && rejected.revokedBy().equals(Optional.of(RevocationKind.SID));
    }

    private static String describe(Verification verification) {
        if (verification instanceof Verification.Rejected rejected) {
            return "refused: " + rejected.reason() + ", " + rejected.detail();
        }
        return "accepted";
    }

    private static Instant expiry(Session session) {
        JWTClaimsSet claims = session.claims();
        return claims.getExpirationTime().toInstant();
    }
}
