package io.tenantry.revocation.secevent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.revocation.secevent.PatientSigning.Signed;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttachedTest {
    private final Revocation first = revocation("r1");
    private final Revocation second = revocation("r2");

    @Test
    void eachRevocationGetsItsOwnToken() {
        Attached attached = Attached.of(List.of(first, second), new Signed(List.of("a", "b"), null));
        assertThat(attached.revocations()).containsExactly(first.withSecurityEvent("a"), second.withSecurityEvent("b"));
        assertThat(attached.count()).isEqualTo(2);
        assertThat(attached.failure()).isNull();
    }

    @Test
    void whatWasNotSignedIsRevokedAllTheSame() {
        IllegalStateException locked = new IllegalStateException("locked");
        Attached attached = Attached.of(List.of(first, second), new Signed(List.of("a"), locked));
        assertThat(attached.revocations()).containsExactly(first.withSecurityEvent("a"), second);
        assertThat(attached.count()).isEqualTo(1);
        assertThat(attached.failure()).isSameAs(locked);
    }

    @Test
    void aTokenThatIsTooLongIsLeftOutAndTheOthersAreNot() {
        String longest = "x".repeat(Revocation.MAX_SECURITY_EVENT_LENGTH);
        Attached attached = Attached.of(List.of(first, second), new Signed(List.of(longest + "x", longest), null));
        assertThat(attached.revocations()).containsExactly(first, second.withSecurityEvent(longest));
        assertThat(attached.count()).isEqualTo(1);
        assertThat(attached.failure()).hasMessageContaining("4001 characters").hasMessageContaining("audiences");
    }

    private static Revocation revocation(String id) {
        return new Revocation(id, Selector.sid(id), Instant.EPOCH, Instant.EPOCH.plusSeconds(1), "logout");
    }
}
