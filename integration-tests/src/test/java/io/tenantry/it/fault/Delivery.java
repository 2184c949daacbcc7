package io.tenantry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.contract.RedisKeys;
import io.tenantry.contract.Revocation;
import io.tenantry.it.PublishedRevocations;
import io.tenantry.stack.PostgresServer;
import io.tenantry.stack.RedisServer;
import io.tenantry.verifier.RevocationCheck.Answer;
import io.tenantry.verifier.redis.ReplicaSettings;
import io.tenantry.verifier.redis.RevocationReplica;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.RedisClient;

/** What must hold whatever was broken, once it is mended. */
final class Delivery {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private Delivery() {}

    /**
     * Waits until everything committed is claimed to be known, then looks whether it is: in the cutoff keys, in the
     * stream, and for a consumer that starts from nothing. The other way round, nothing is known that is not committed.
     */
    static void verify(String fault, Traffic traffic, PostgresServer database, RedisServer redis)
            throws InterruptedException {
        try (RedisClient client = RedisClient.create(redis.uri())) {
            String realm = traffic.realm().name();
            PublishedRevocations published =
                    new PublishedRevocations(client, new RedisKeys(RedisKeys.DEFAULT_PREFIX, realm));
            Ledger ledger = new Ledger(database, realm);
            Instant mended = Instant.now();
            long start = System.nanoTime();
            PublishedRevocations.await(
                    "a watermark after the last revocation",
                    PATIENCE,
                    () -> published.watermark().isAfter(mended) && allPublished(ledger));
            System.out.printf(
                    "%s: %s; a watermark that covers them %d ms after the end%n",
                    fault, traffic.figures(), (System.nanoTime() - start) / 1_000_000);

            List<Ledger.Row> rows = ledger.rows();
            everySuccessIsCommitted(traffic, rows);
            whatIsCommittedIsKnownAndNothingElse(rows, published);
            assertThat(rows.stream().map(Ledger.Row::selector)).doesNotContain(traffic.neverRevoked());
            aNewConsumerRefusesEveryToken(traffic, redis);
        }
    }

    private static boolean allPublished(Ledger ledger) {
        return ledger.rows().stream().allMatch(Ledger.Row::published);
    }

    private static void everySuccessIsCommitted(Traffic traffic, List<Ledger.Row> rows) {
        assertThat(traffic.ended())
                .allSatisfy(ended -> assertThat(rows)
                        .anyMatch(row -> row.selector().equals(ended.selector())
                                && !row.cutoff().isBefore(ended.token().issuedAt())));
    }

    private static void whatIsCommittedIsKnownAndNothingElse(List<Ledger.Row> rows, PublishedRevocations published) {
        Set<String> committed = rows.stream().map(Ledger.Row::id).collect(Collectors.toSet());
        Set<String> streamed = published.stream().stream().map(Revocation::id).collect(Collectors.toSet());
        Set<String> lost = new HashSet<>(committed);
        lost.removeAll(streamed);
        Set<String> invented = new HashSet<>(streamed);
        invented.removeAll(committed);
        assertThat(lost).as("committed, but not in the stream").isEmpty();
        assertThat(invented).as("in the stream, but not committed").isEmpty();
        assertThat(rows)
                .allSatisfy(row -> assertThat(published.cutoff(row.selector()))
                        .hasValueSatisfying(cutoff -> assertThat(cutoff).isAfterOrEqualTo(row.cutoff())));
    }

    private static void aNewConsumerRefusesEveryToken(Traffic traffic, RedisServer redis) throws InterruptedException {
        ReplicaSettings settings =
                ReplicaSettings.forRealm(redis.uri(), traffic.realm().name()).build();
        try (RevocationReplica replica = RevocationReplica.start(settings)) {
            assertThat(replica.awaitFresh(PATIENCE)).isTrue();
            assertThat(traffic.ended())
                    .allSatisfy(
                            ended -> assertThat(replica.check(ended.token())).isInstanceOf(Answer.Revoked.class));
        }
    }
}
