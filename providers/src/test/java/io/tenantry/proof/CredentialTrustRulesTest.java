package io.tenantry.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CredentialTrustRulesTest {
    private static final Trust NORTH = new Trust.Within(Set.of("north"));
    private static final Trust HARBOR = new Trust.Within(Set.of("harbor"));

    private static final VouchedCredential PASSWORD = new VouchedCredential("p", "password", NORTH, 0);
    private static final VouchedCredential OTP = new VouchedCredential("o", "otp", HARBOR, 0);
    private static final VouchedCredential ADDRESS =
            new VouchedCredential("address/u", VouchedCredentials.ADDRESS, HARBOR, 0);

    private static CredentialTrustRules rules(VouchedCredential... vouched) {
        return new CredentialTrustRules(List.of(vouched));
    }

    @Test
    void credentialThatNobodyVouchedForIsOnesOwn() {
        assertThat(rules().of(Set.of("password"))).isEqualTo(Trust.anywhere());
        assertThat(rules(OTP).of(Set.of("password"))).isEqualTo(Trust.anywhere());
    }

    @Test
    void signInCountsAsFarAsAllThatItTook() {
        assertThat(rules(PASSWORD, OTP).of(Set.of("password"))).isEqualTo(NORTH);
        assertThat(rules(PASSWORD, OTP).of(Set.of("password", "otp"))).isEqualTo(Trust.nowhere());
    }

    @Test
    void oneOfWhichNothingIsKnownCountsAsFarAsAllThereIs() {
        assertThat(rules(PASSWORD).of(Set.of())).isEqualTo(NORTH);
        assertThat(rules(ADDRESS).of(Set.of())).isEqualTo(HARBOR);
    }

    @Test
    void sessionWithoutASignInDoesNotComeByMail() {
        assertThat(rules(PASSWORD, ADDRESS).ofUnknown()).isEqualTo(NORTH);
    }

    @Test
    void mailCountsAsFarAsTheAddressAndThePasswordThatItReplaces() {
        assertThat(rules().ofMail(true, HARBOR)).isEqualTo(Trust.anywhere());
        assertThat(rules(PASSWORD).ofMail(true, Trust.anywhere())).isEqualTo(NORTH);
        assertThat(rules(ADDRESS).ofMail(true, Trust.anywhere())).isEqualTo(HARBOR);
        assertThat(rules(ADDRESS, PASSWORD).ofMail(true, Trust.anywhere())).isEqualTo(Trust.nowhere());
        assertThat(rules(OTP).ofMail(true, Trust.anywhere())).isEqualTo(Trust.anywhere());
    }

    @Test
    void mailToAnAccountThatOnlyProvidersKnowCountsAsFarAsTheyDo() {
        assertThat(rules().ofMail(false, NORTH)).isEqualTo(NORTH);
        assertThat(rules(ADDRESS).ofMail(false, NORTH))
                .as("who set it is known")
                .isEqualTo(HARBOR);
    }

    @Test
    void onlyWhoIsProvenForAllTenantsSetsWhatTheyAllTake() {
        assertThat(rules().allow(Trust.anywhere(), Set.of("north", "harbor"), null))
                .isTrue();
        assertThat(rules().allow(NORTH, Set.of("north"), null)).isTrue();
        assertThat(rules().allow(NORTH, Set.of("north", "harbor"), null)).isFalse();
        assertThat(rules().allow(Trust.nowhere(), Set.of("north"), null)).isFalse();
    }

    @Test
    void whatCountsNoFurtherMayBeReplaced() {
        Set<String> both = Set.of("north", "harbor");
        assertThat(rules(PASSWORD).allow(NORTH, both, "p")).isTrue();
        assertThat(rules(PASSWORD).allow(HARBOR, both, "p")).isFalse();
        assertThat(rules(PASSWORD).allow(NORTH, both, "another")).isFalse();
        assertThat(rules(PASSWORD).allow(NORTH, both, null)).isFalse();
    }

    @Test
    void secondFactorAddsToASignInAndMakesNone() {
        assertThat(CredentialTrustRules.identify(Set.of("otp", "webauthn", "recovery-authn-codes")))
                .isFalse();
        assertThat(CredentialTrustRules.identify(Set.of())).isFalse();
        assertThat(CredentialTrustRules.identify(Set.of("otp", "password"))).isTrue();
        assertThat(CredentialTrustRules.identify(Set.of("webauthn-passwordless")))
                .isTrue();
    }
}
