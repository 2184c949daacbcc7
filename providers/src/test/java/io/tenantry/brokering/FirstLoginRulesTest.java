package io.tenantry.brokering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FirstLoginRulesTest {
    private static final LinkCandidate SOUND = new LinkCandidate(true, true, false, false, true);
    private static final LinkCandidate FOREIGN = new LinkCandidate(true, false, true, false, true);

    private Set<String> addresses = Set.of("ann@bank.example");
    private Set<String> vouched = Set.of("Ann@bank.example");
    private boolean editsForbidden = true;
    private List<String> domains = List.of("bank.example");
    private boolean unknownUsersAllowed = true;

    @Test
    void vouchedAddressGetsAnAccount() {
        assertThat(check()).isEqualTo(Outcome.accepted());
    }

    @Test
    void editedAddressDoesNotEvenInTheTenantsDomain() {
        addresses = Set.of("ceo@bank.example");
        assertThat(check()).isEqualTo(new Outcome.Rejected(Rule.PROFILE_EDIT));
    }

    @Test
    void nameThatLooksLikeAnotherAddressDoesNot() {
        addresses = Set.of("ann@bank.example", "ann@other.example");
        assertThat(check()).isEqualTo(new Outcome.Rejected(Rule.PROFILE_EDIT));
    }

    @Test
    void editedAddressStaysInTheDomainsWhereEditsAreAllowed() {
        editsForbidden = false;
        addresses = Set.of("ann.two@bank.example");
        assertThat(check()).isEqualTo(Outcome.accepted());
        addresses = Set.of("ann@other.example");
        assertThat(check()).isEqualTo(new Outcome.Rejected(Rule.PROFILE_EDIT));
    }

    @Test
    void addressThatTheProviderLeftOpenStaysInTheDomains() {
        vouched = Set.of();
        assertThat(check()).isEqualTo(Outcome.accepted());
        addresses = Set.of("ann@other.example");
        assertThat(check()).isEqualTo(new Outcome.Rejected(Rule.PROFILE_EDIT));
        domains = List.of();
        assertThat(check()).isEqualTo(Outcome.accepted());
    }

    @Test
    void accountInTheWayMustBeLinkable() {
        assertThat(check(SOUND)).isEqualTo(Outcome.accepted());
        assertThat(check(FOREIGN)).isEqualTo(new Outcome.Rejected(Rule.LINK));
    }

    @Test
    void unknownPersonNeedsLeaveAndAKnownOneDoesNot() {
        unknownUsersAllowed = false;
        assertThat(check()).isEqualTo(new Outcome.Rejected(Rule.UNKNOWN_USER));
        assertThat(check(SOUND)).isEqualTo(Outcome.accepted());
    }

    private Outcome check(LinkCandidate... accounts) {
        return new FirstLoginRules(new FirstLogin(
                        addresses, vouched, editsForbidden, EmailDomains.of("domains", domains), unknownUsersAllowed))
                .check(List.of(accounts));
    }
}
