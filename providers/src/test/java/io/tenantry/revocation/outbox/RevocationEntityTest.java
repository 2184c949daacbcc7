package io.tenantry.revocation.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import java.lang.reflect.Field;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RevocationEntityTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final Revocation REVOCATION =
            new Revocation("r1", Selector.sid("s1"), NOW, NOW.plusSeconds(60), "logout");

    @Test
    void aRowSaysTheRevocationThatItWasMadeFrom() {
        assertThat(row().readable()).contains(REVOCATION);
    }

    @Test
    void whatThisVersionCannotReadIsNoRevocationAndNoFailure() throws ReflectiveOperationException {
        assertThat(with("kind", "device").readable()).isEmpty();
        assertThat(with("selector", "a:b:c").readable()).isEmpty();
        assertThat(with("selector", "a b").readable()).isEmpty();
        assertThat(with("selector", null).readable()).isEmpty();
        assertThat(with("cause", "").readable()).isEmpty();
        assertThat(with("expiresAt", 0L).readable()).isEmpty();
    }

    private static RevocationEntity row() {
        return new RevocationEntity("lending", REVOCATION, NOW);
    }

    /** As Hibernate fills it from a row that somebody else wrote. */
    private static RevocationEntity with(String field, @Nullable Object value) throws ReflectiveOperationException {
        RevocationEntity row = row();
        Field written = RevocationEntity.class.getDeclaredField(field);
        written.setAccessible(true);
        written.set(row, value);
        return row;
    }
}
