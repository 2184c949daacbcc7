package io.tenantry.password;

import io.tenantry.proof.AccountChanges;
import io.tenantry.tenant.SignInEvents;
import io.tenantry.time.ServerClock;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.UpdatePassword;
import org.keycloak.credential.CredentialModel;
import org.keycloak.forms.login.MessageType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's own UPDATE_PASSWORD, which is also raised when a password falls short of a tenant's rules or has outlived
 * them, and asks for a login as fresh as the user's tenants demand. Elsewhere than in a realm that asks for its tenants'
 * rules, nothing but the stock one.
 */
public final class TenantUpdatePassword extends UpdatePassword {
    private final Clock clock = ServerClock.INSTANCE;

    @Override
    public int order() {
        return 1;
    }

    /** The stock one creates an instance of itself, whoever extends it. */
    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        super.evaluateTriggers(context);
        // Not about passwords, but nothing else of this pack is asked whenever a sign-in is about to end
        SignInEvents.name(
                context.getSession(), context.getAuthenticationSession(), context.getUser(), context.getEvent());
        if (!TenantPolicies.inForce(context.getRealm())) {
            return;
        }
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (new LoginNotes(login).shortfall(context.getUser()).isPresent()) {
            login.addRequiredAction(UserModel.RequiredAction.UPDATE_PASSWORD);
        }
        if (typedNowOrInThisSession(context) && hasExpired(context)) {
            context.getUser().addRequiredAction(UserModel.RequiredAction.UPDATE_PASSWORD);
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        // Before the form signs out the user's other sessions
        requireProof(context);
        super.processAction(context);
    }

    private static void requireProof(RequiredActionContext context) {
        String replaced = context.getUser()
                .credentialManager()
                .getStoredCredentialsByTypeStream(PasswordCredentialModel.TYPE)
                .findFirst()
                .map(CredentialModel::getId)
                .orElse(null);
        new AccountChanges(context.getSession()).requireCredential(context.getUser(), replaced);
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        requireProof(context);
        Optional<String> reason = TenantPolicies.inForce(context.getRealm())
                ? new LoginNotes(context.getAuthenticationSession()).shortfall(context.getUser())
                : Optional.empty();
        if (reason.isEmpty()) {
            super.requiredActionChallenge(context);
            return;
        }
        context.challenge(context.form()
                .setAttribute(
                        "username",
                        context.getAuthenticationSession()
                                .getAuthenticatedUser()
                                .getUsername())
                .setMessage(MessageType.WARNING, PolicyMessages.SHORTFALL, reason.get())
                .createResponse(UserModel.RequiredAction.UPDATE_PASSWORD));
    }

    @Override
    public int getMaxAuthAge(@Nullable KeycloakSession session) {
        int stock = super.getMaxAuthAge(session);
        if (session == null || !TenantPolicies.inForce(session.getContext().getRealm())) {
            return stock;
        }
        UserModel user = somebody(session);
        OptionalInt tenants =
                user == null ? OptionalInt.empty() : policies(session).of(user).maxAuthAge();
        // A realm that says nothing leaves Keycloak's default, which a tenant may lengthen as well as the realm could
        boolean realmSays = session.getContext().getRealm().getPasswordPolicy().getMaxAuthAge() >= 0;
        if (tenants.isEmpty()) {
            return stock;
        }
        return realmSays ? Math.min(stock, tenants.getAsInt()) : tenants.getAsInt();
    }

    private static @Nullable UserModel somebody(KeycloakSession session) {
        UserSessionModel online = session.getContext().getUserSession();
        if (online != null) {
            return online.getUser();
        }
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        return login == null ? null : login.getAuthenticatedUser();
    }

    /** Whoever signed in by a broker or a passkey is not sent to change a password that it did not use. */
    private static boolean typedNowOrInThisSession(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (AuthenticatorUtil.isPasswordValidated(login)) {
            return true;
        }
        UserSessionModel online = context.getSession()
                .sessions()
                .getUserSession(context.getRealm(), login.getParentSession().getId());
        return online != null && LoginNotes.passwordTyped(online);
    }

    private boolean hasExpired(RequiredActionContext context) {
        EffectiveRules rules = policies(context.getSession()).of(context.getUser());
        OptionalInt days = rules.expiryDays();
        // A new password would be refused for a rule that cannot be used, and its owner locked out
        if (days.isEmpty() || !rules.usable()) {
            return false;
        }
        return context.getUser()
                .credentialManager()
                .getStoredCredentialsByTypeStream(PasswordCredentialModel.TYPE)
                .findFirst()
                .map(password ->
                        ExpiryRules.expired(created(password.getCreatedDate()), days.getAsInt(), clock.instant()))
                .orElse(false);
    }

    private static @Nullable Instant created(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private TenantPolicies policies(KeycloakSession session) {
        return new TenantPolicies(session);
    }
}
