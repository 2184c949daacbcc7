package io.tenantry.brokering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.settings.InvalidSettingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailDomainsTest {
    private final EmailDomains domains = EmailDomains.of("email.domains", List.of("bank.example", "*.wide.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann@bank.example",
                "Ann@BANK.Example",
                "ann.o'hara+x@bank.example",
                "ann@wide.example",
                "ann@a.b.wide.example"
            })
    void addressOfAllowedDomainPasses(String address) {
        assertThat(domains.allow(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ann",
                "@bank.example",
                "ann@",
                "ann@sub.bank.example",
                "ann@notbank.example",
                "ann@evilwide.example",
                "ann@bank.example.evil.example",
                "ann@bank.example.",
                "ann@evil.example@bank.example",
                "\"ann@evil.example\"@bank.example",
                "ann@evil.example,b@bank.example",
                "ann@evil.example <x@bank.example",
                "ann @bank.example",
                "ann@bank.example\n",
                "ann\u0000@bank.example",
                "ann\u00a0@bank.example",
                "ann@bank\u3002evil.example"
            })
    void anyOtherTextDoesNot(String address) {
        assertThat(domains.allow(address)).isFalse();
    }

    @Test
    void overlongAddressDoesNotPass() {
        assertThat(domains.allow("a".repeat(250) + "@bank.example")).isFalse();
    }

    @Test
    void internationalDomainIsTheSameInBothSpellings() {
        EmailDomains umlaut = EmailDomains.of("email.domains", List.of("b\u00fcro.example"));

        assertThat(umlaut.allow("ann@xn--bro-hoa.example")).isTrue();
        assertThat(umlaut.allow("ann@b\u00fcro.example")).isTrue();
        assertThat(umlaut.allow("ann@buro.example")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*.", "a b.example", "-", ".example", "bank.example."})
    void patternThatIsNoDomainIsRefusedByName(String pattern) {
        assertThatThrownBy(() -> EmailDomains.of("email.domains", List.of(pattern)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("email.domains is '" + pattern + "'");
    }
}
