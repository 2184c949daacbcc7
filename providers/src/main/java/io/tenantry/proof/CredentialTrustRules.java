package io.tenantry.proof;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** For which tenants the credentials count that a sign-in took, and who may change them. */
final class CredentialTrustRules {
    /** What tells who somebody is without more, as Keycloak has it. */
    private static final Set<String> FIRST_FACTORS = Set.of(
            PasswordCredentialModel.TYPE,
            WebAuthnCredentialModel.TYPE_PASSWORDLESS,
            CredentialModel.CLIENT_CERT,
            CredentialModel.KERBEROS);

    private final List<VouchedCredential> vouched;

    /**
     * Decides about a user.
     *
     * @param vouched those of the user's credentials that count for some tenants alone
     */
    CredentialTrustRules(List<VouchedCredential> vouched) {
        this.vouched = List.copyOf(vouched);
    }

    /** Whether credentials of these types make a sign-in, rather than add to one. */
    static boolean identify(Set<String> types) {
        return types.stream().anyMatch(FIRST_FACTORS::contains);
    }

    /**
     * What a sign-in with credentials of these types counts for. Nobody says which of several of a type it was, so that
     * all of it count; and all of them where it is not known which types it took.
     */
    Trust of(Set<String> types) {
        return all(one -> types.isEmpty() || types.contains(one.type()));
    }

    /** What a session counts for that began without a sign-in of which anything is known. */
    Trust ofUnknown() {
        return all(one -> !one.type().equals(VouchedCredentials.ADDRESS));
    }

    /**
     * What a mail to the user's address counts for: as much as the address does, and the password that it may replace.
     *
     * @param links what the providers of the user's links vouch for all together; they asserted the address where
     *     nothing else is known of it
     */
    Trust ofMail(boolean hasPassword, Trust links) {
        boolean known =
                hasPassword || vouched.stream().anyMatch(one -> one.type().equals(VouchedCredentials.ADDRESS));
        Trust recorded = all(one ->
                one.type().equals(VouchedCredentials.ADDRESS) || one.type().equals(PasswordCredentialModel.TYPE));
        return known ? recorded : recorded.and(links);
    }

    /**
     * Whether somebody with this proof may change the user's ways to sign in: if it counts for all of the user's
     * tenants, or what is changed counts for no more than it does.
     *
     * @param id of what is changed; null for something new
     */
    boolean allow(Trust proof, Collection<String> memberships, @Nullable String id) {
        return proof.coversAll(memberships)
                || vouched.stream()
                        .filter(one -> one.id().equals(id))
                        .anyMatch(one -> one.trust().equals(one.trust().and(proof)));
    }

    private Trust all(Predicate<VouchedCredential> which) {
        return vouched.stream().filter(which).map(VouchedCredential::trust).reduce(Trust.anywhere(), Trust::and);
    }
}
