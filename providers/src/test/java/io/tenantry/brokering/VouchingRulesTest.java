package io.tenantry.brokering;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brokering.Vouching.Account;
import io.tenantry.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VouchingRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final BoundTenant BANK = new BoundTenant(new TenantId("bank"), true, Set.of("bank.example"));

    private boolean tenantBinding = true;
    private boolean emailDomainsEnforced = true;
    private List<String> domains = List.of();
    private Map<String, List<String>> required = Map.of();
    private Set<String> contexts = Set.of();
    private @Nullable Duration maxAge;
    private boolean unknownUsersAllowed = true;

    private Optional<BoundTenant> tenant = Optional.of(BANK);
    private Set<String> emails = Set.of("ann@bank.example");
    private Map<String, List<String>> attributes = Map.of();
    private @Nullable String context;
    private @Nullable Instant authenticatedAt;
    private Account account = Account.NONE;
    private boolean linkOnlySignIn;
    private Duration skew = Duration.ZERO;

    @Test
    void personOfTheTenantComesIn() {
        assertThat(outcome()).isEqualTo(Outcome.accepted());
    }

    @Test
    void providerForLinkingOnlySignsNobodyInWhateverTheSettings() {
        tenantBinding = false;
        emailDomainsEnforced = false;
        account = Account.MEMBER;
        linkOnlySignIn = true;
        assertRejected(Rule.LINK_ONLY);
    }

    @Test
    void providerWithoutTenantLetsNobodyIn() {
        tenant = Optional.empty();
        assertRejected(Rule.TENANT_BINDING);
    }

    @Test
    void disabledTenantLetsNobodyIn() {
        tenant = Optional.of(new BoundTenant(new TenantId("bank"), false, Set.of("bank.example")));
        assertRejected(Rule.TENANT_BINDING);
    }

    @Test
    void withoutTenantAndBindingThereIsNoDomainToAllow() {
        tenant = Optional.empty();
        tenantBinding = false;
        assertRejected(Rule.EMAIL_DOMAIN);
    }

    @Test
    void addressOfAnotherDomainIsRejected() {
        emails = Set.of("ann@other.example");
        assertRejected(Rule.EMAIL_DOMAIN);
    }

    @Test
    void oneForeignAddressAmongOwnIsEnough() {
        emails = Set.of("ann@bank.example", "ann@other.example");
        assertRejected(Rule.EMAIL_DOMAIN);
    }

    @Test
    void noAddressIsRejected() {
        emails = Set.of();
        assertRejected(Rule.EMAIL_DOMAIN);
    }

    @Test
    void writtenDomainsReplaceTheTenantsOwn() {
        domains = List.of("subsidiary.example");
        assertRejected(Rule.EMAIL_DOMAIN);
        emails = Set.of("ann@subsidiary.example");
        assertThat(outcome()).isEqualTo(Outcome.accepted());
    }

    @Test
    void domainsAreNotCheckedWhereSwitchedOff() {
        emailDomainsEnforced = false;
        emails = Set.of("ann@other.example");
        assertThat(outcome()).isEqualTo(Outcome.accepted());
    }

    @Test
    void requiredAttributeMustHaveItsValue() {
        required = Map.of("department", List.of("lending", "/risk-\\d+/"), "badge", List.of(""));
        assertRejected(Rule.REQUIRED_ATTRIBUTES);
        attributes = Map.of("department", List.of("risk-"), "badge", List.of("7"));
        assertRejected(Rule.REQUIRED_ATTRIBUTES);
        attributes = Map.of("department", List.of("xrisk-1"), "badge", List.of("7"));
        assertRejected(Rule.REQUIRED_ATTRIBUTES);
        attributes = Map.of("department", List.of("risk-12"), "badge", List.of(" "));
        assertRejected(Rule.REQUIRED_ATTRIBUTES);
        attributes = Map.of("department", List.of("sales", "risk-12"), "badge", List.of("7"));
        assertThat(outcome()).isEqualTo(Outcome.accepted());
    }

    @Test
    void weakOrMissingContextIsRejected() {
        contexts = Set.of("mfa");
        assertRejected(Rule.AUTHENTICATION_CONTEXT);
        context = "password";
        assertRejected(Rule.AUTHENTICATION_CONTEXT);
        context = "mfa";
        assertThat(outcome()).isEqualTo(Outcome.accepted());
    }

    @Test
    void signInOfUnknownAgeIsRejected() {
        maxAge = Duration.ofMinutes(5);
        assertRejected(Rule.AUTHENTICATION_AGE);
    }

    @Test
    void oldAndFutureSignInIsRejectedButForTheSkew() {
        maxAge = Duration.ofMinutes(5);
        authenticatedAt = NOW.minusSeconds(301);
        assertRejected(Rule.AUTHENTICATION_AGE);
        authenticatedAt = NOW.plusSeconds(1);
        assertRejected(Rule.AUTHENTICATION_AGE);
        skew = Duration.ofSeconds(1);
        assertThat(outcome()).isEqualTo(Outcome.accepted());
        authenticatedAt = NOW.minusSeconds(301);
        assertThat(outcome()).isEqualTo(Outcome.accepted());
    }

    @Test
    void unknownPersonNeedsLeave() {
        unknownUsersAllowed = false;
        assertRejected(Rule.UNKNOWN_USER);
        account = Account.WITHOUT_TENANT;
        assertRejected(Rule.MEMBERSHIP);
        account = Account.LINKABLE;
        assertThat(outcome()).isEqualTo(Outcome.accepted());
        account = Account.MEMBER;
        assertThat(outcome()).isEqualTo(Outcome.accepted());
    }

    @Test
    void memberOfOtherTenantsIsRejected() {
        account = Account.FOREIGN;
        assertRejected(Rule.MEMBERSHIP);
    }

    @Test
    void floodOfValuesIsRejectedFirst() {
        attributes = Map.of("x", Collections.nCopies(Vouching.MAX_VALUES + 1, "v"));
        tenant = Optional.empty();
        assertRejected(Rule.SIZE);
        attributes = Map.of("x", List.of("v".repeat(Vouching.MAX_VALUE_LENGTH + 1)));
        assertRejected(Rule.SIZE);
    }

    private void assertRejected(Rule rule) {
        assertThat(outcome()).isEqualTo(new Outcome.Rejected(rule));
    }

    private Outcome outcome() {
        VouchingSettings settings = new VouchingSettings(
                tenantBinding,
                emailDomainsEnforced,
                EmailDomains.of("email.domains", domains),
                RequiredAttributes.of("attributes.required", required),
                contexts,
                Optional.ofNullable(maxAge),
                unknownUsersAllowed,
                true,
                "");
        return new VouchingRules(settings, Clock.fixed(NOW, ZoneOffset.UTC))
                .check(
                        new Vouching(tenant, emails, attributes, context, authenticatedAt, account, linkOnlySignIn),
                        skew);
    }
}
