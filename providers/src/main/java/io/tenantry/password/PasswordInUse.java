package io.tenantry.password;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.dto.PasswordCredentialData;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Holds a password against its owner's tenants' rules while it is typed at a login, the only time it can be read. The
 * rules may be younger than the password: it was imported, its owner joined a tenant, a tenant has tightened them.
 */
final class PasswordInUse {
    /** Kept in the credential, so that it goes with the password: since when this one is known to fall short. */
    static final String SINCE = "tenantryShortSince";

    private final KeycloakSession session;
    private final TenantPolicies policies;
    private final Clock clock;

    PasswordInUse(KeycloakSession session, TenantPolicies policies, Clock clock) {
        this.session = session;
        this.policies = policies;
        this.clock = clock;
    }

    /** Takes note of a password that was right; the login goes on in any case. */
    void typed(UserModel user, String password, PasswordCredentialModel stored) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        if (login == null) {
            return;
        }
        LoginNotes notes = new LoginNotes(login);
        notes.passwordTyped();
        EffectiveRules rules = policies.standing(user);
        List<Finding> shortfalls =
                new PasswordRules(new KeycloakRuleEngine(session)).shortfalls(rules, Candidate.of(user, password));
        Instant since = since(stored);
        ShortfallRules.Verdict verdict = ShortfallRules.verdict(rules, shortfalls, since, clock.instant());
        if (verdict instanceof ShortfallRules.Verdict.Due due) {
            notes.fallsShort(user, Speech.to(user, session).text(due.reasons()));
        } else {
            notes.noShortfall();
            Instant known = verdict instanceof ShortfallRules.Verdict.InGrace grace ? grace.since() : null;
            if (!Objects.equals(known, since)) {
                remember(user, stored, known);
            }
        }
    }

    private static @Nullable Instant since(PasswordCredentialModel stored) {
        String millis =
                stored.getPasswordCredentialData().getAdditionalParameters().getFirst(SINCE);
        return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static void remember(UserModel user, PasswordCredentialModel stored, @Nullable Instant since) {
        PasswordCredentialData data = stored.getPasswordCredentialData();
        if (since == null) {
            data.getAdditionalParameters().remove(SINCE);
        } else {
            data.getAdditionalParameters().putSingle(SINCE, Long.toString(since.toEpochMilli()));
        }
        PasswordCredentialModel marked = PasswordCredentialModel.createFromValues(
                data.getAlgorithm(),
                stored.getPasswordSecretData().getSalt(),
                data.getHashIterations(),
                data.getAdditionalParameters(),
                stored.getPasswordSecretData().getValue());
        marked.setId(stored.getId());
        marked.setCreatedDate(stored.getCreatedDate());
        marked.setUserLabel(stored.getUserLabel());
        user.credentialManager().updateStoredCredential(marked);
    }
}
