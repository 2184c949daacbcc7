package io.tenantry.revocation.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RealmWorkTest {
    @Test
    void aSecondHalfDoesNotWaitForTheOneOfAnotherRealm() throws Exception {
        try (RealmWork work = RealmWork.onThreads()) {
            CompletableFuture<Long> going = new CompletableFuture<>();
            CompletableFuture<Long> first = work.aside(going::join);
            assertThat(work.aside(() -> 2L).get(10, TimeUnit.SECONDS))
                    .as("done by nobody")
                    .isZero();
            going.complete(1L);
            assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }
}
