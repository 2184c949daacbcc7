package io.tenantry.revocation;

import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class InMemoryPublisherTest extends RevocationPublisherContract {
    private final InMemoryPublisher publisher = new InMemoryPublisher();

    @Override
    protected RevocationPublisher publisher() {
        return publisher;
    }

    @Override
    protected RevocationPublisher unreachable() {
        InMemoryPublisher dead = new InMemoryPublisher();
        dead.goDown();
        return dead;
    }

    @Override
    protected Optional<Instant> cutoff(String realm, Selector selector) {
        return Optional.ofNullable(publisher.cutoffs(realm).get(selector));
    }

    @Override
    protected List<Revocation> history(String realm) {
        return publisher.history(realm);
    }

    @Override
    protected void loseEverything() {
        publisher.loseEverything();
    }
}
