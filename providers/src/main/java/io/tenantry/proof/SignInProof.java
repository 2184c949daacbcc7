package io.tenantry.proof;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.events.Details;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What a sign-in proves, as far as it has come. */
final class SignInProof {
    private final KeycloakSession session;
    private final AuthenticationSessionModel signIn;
    private final Optional<String> provider;
    private final boolean brokered;
    private final boolean byMail;
    private final Set<String> types;

    SignInProof(KeycloakSession session, AuthenticationSessionModel signIn) {
        this.session = session;
        this.signIn = signIn;
        this.provider = Optional.ofNullable(signIn.getUserSessionNotes().get(Details.IDENTITY_PROVIDER));
        this.brokered = provider.isPresent() || signIn.getAuthNote(AuthenticationProcessor.BROKER_USER_ID) != null;
        Set<String> used = new LinkedHashSet<>(AuthenticatorUtil.getAuthnCredentials(signIn));
        // The flow for a forgotten password says that it took one, where it took a link in a mail
        boolean noneTyped = used.isEmpty()
                || (used.contains(PasswordCredentialModel.TYPE) && !AuthenticatorUtil.isPasswordValidated(signIn));
        this.byMail = noneTyped && signIn.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID) != null;
        if (byMail) {
            used.remove(PasswordCredentialModel.TYPE);
        }
        this.types = Set.copyOf(used);
    }

    /** Whether anything tells what it took. Nothing does where a cookie spared it, or somebody adds a link. */
    boolean evident() {
        return brokered || byMail || !types.isEmpty();
    }

    /** Whether a link in a mail stands for a credential. */
    boolean byMail() {
        return byMail;
    }

    /** The alias of the identity provider that vouched; null if none did. */
    @Nullable String provider() {
        return provider.orElse(null);
    }

    /** For which tenants what it took counts. */
    Trust trust(UserModel user) {
        return vouched().and(credentials(user));
    }

    /** Whether it shows who somebody is, and is not a step up alone. */
    boolean isWhole() {
        boolean mailAlone = byMail && !AuthenticatorUtil.isSSOAuthentication(signIn);
        return brokered || mailAlone || CredentialTrustRules.identify(types);
    }

    private Trust vouched() {
        if (!brokered) {
            return Trust.anywhere();
        }
        return provider.map(new VouchingProviders(session)::of).orElse(Trust.nowhere());
    }

    private Trust credentials(UserModel user) {
        if (brokered && types.isEmpty() && !byMail) {
            return Trust.anywhere();
        }
        CredentialTrustRules rules = new CredentialTrustRules(new VouchedCredentials(session).of(user));
        if (!byMail) {
            return rules.of(types);
        }
        Trust mail = rules.ofMail(user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE), linked(user));
        return types.isEmpty() ? mail : mail.and(rules.of(types));
    }

    private Trust linked(UserModel user) {
        VouchingProviders providers = new VouchingProviders(session);
        return session.users()
                .getFederatedIdentitiesStream(signIn.getRealm(), user)
                .map(FederatedIdentityModel::getIdentityProvider)
                .map(providers::of)
                .reduce(Trust.anywhere(), Trust::and);
    }
}
