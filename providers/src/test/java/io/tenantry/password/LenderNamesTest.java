package io.tenantry.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LenderNamesTest {
    private final LenderNames names = new LenderNames()
            .add(new Lender("nb-1", "Société Northern Bank", List.of("*.northern-bank.co.uk", "nbk.example", "local")))
            .addUser("anna", "zoë.van-buren+x@mail.example");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my-Northern-2024",
                "SOCIÉTÉ!!77",
                "so.ci.et.e",
                "xAnNaX",
                "zoevanburenx",
                "1BUREN1",
                "Société Northern Bank",
                "NorthernBankCo1",
                "xlocalx"
            })
    void nameInAnyDressIsFound(String password) {
        assertThat(names.in(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "bank-robber-77", "nb-x1", "zo-e.12", "van-gogh!", "nbk-nbk", "mail.example", "co-uk-com"})
    void shortOrCommonPartsAreNot(String password) {
        assertThat(names.in(password)).isFalse();
    }

    @Test
    void wordsAreWholeNamesOfFourLettersAndPartsOfFive() {
        assertThat(names.words())
                .containsExactly(
                        "societenorthernbank",
                        "societe",
                        "northern",
                        "northernbankco",
                        "local",
                        "anna",
                        "zoevanburenx",
                        "buren");
    }

    @Test
    void nobodyHasNoNames() {
        assertThat(new LenderNames().addUser(null, null).words()).isEmpty();
        assertThat(new LenderNames().addUser(null, null).in("anything")).isFalse();
    }

    @Test
    void addressAsUsernameIsTakenApart() {
        assertThat(new LenderNames().addUser("miriam@north.example", null).words())
                .containsExactly("miriam");
    }

    @Test
    void guessesCountKnownWords() {
        assertThat(Strength.of("password", List.of())).isZero();
        assertThat(Strength.of("kX9#vq2!Lw7z$Tb4", List.of())).isEqualTo(Strength.MAX);
        assertThat(Strength.of("tazqombriwuk", List.of("tazqombriwuk")))
                .isLessThan(Strength.of("tazqombriwuk", List.of()));
    }

    @Test
    void longPasswordIsEstimatedInShortTime() {
        long start = System.nanoTime();
        assertThat(Strength.of("a1B2".repeat(250) + "kX9#vq2!Lw7z$Tb4", List.of()))
                .isBetween(0, 4);
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }
}
