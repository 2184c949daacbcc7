package io.tenantry.revocation.listener;

import io.tenantry.doctor.Finding;
import io.tenantry.settings.PublisherSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides whether a realm's revocations reach those who must know. */
final class PublishingRules {
    /** How long a revocation may wait to be published: the drainer tries every second. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String LISTENER = "realm's event listeners";
    private static final String SERVER = "server's options";

    private final Clock clock;

    PublishingRules(Clock clock) {
        this.clock = clock;
    }

    /**
     * What is known.
     *
     * @param listening whether the realm has the listener
     * @param configured whether the server knows a Redis
     * @param problem why it could not be published to when that was last tried
     * @param oldestWaiting when the oldest revocation that is not yet published was written
     * @param notices what was noticed though revocations are published
     */
    record Facts(
            boolean listening,
            boolean configured,
            Optional<String> problem,
            Optional<Instant> oldestWaiting,
            List<String> notices) {
        Facts {
            notices = List.copyOf(notices);
        }
    }

    Stream<Finding> check(Facts facts) {
        if (!facts.listening()) {
            return Stream.of(Finding.error(
                    "revocation-listener-off",
                    "Gateways and services never learn that trust has ended: tokens work until they expire.",
                    LISTENER,
                    "Add " + RevocationListenerFactory.ID + " under Realm settings, Events."));
        }
        if (!facts.configured()) {
            return Stream.of(Finding.error(
                    "revocation-redis-missing",
                    "Revocations are stored and reach nobody, as the server knows no Redis.",
                    SERVER,
                    "Start the server with " + PublisherSettings.OPTION_PREFIX + PublisherSettings.URI + "."));
        }
        if (facts.problem().isPresent()) {
            return Stream.of(Finding.error(
                    "revocation-redis-unreachable",
                    "Revocations wait in the table, as publishing failed when it was last tried: "
                            + facts.problem().get(),
                    SERVER,
                    "Mend Redis or " + PublisherSettings.OPTION_PREFIX + PublisherSettings.URI
                            + "; what waits is then published by itself."));
        }
        return Stream.concat(waiting(facts), facts.notices().stream().map(PublishingRules::noticed));
    }

    private static Finding noticed(String notice) {
        return Finding.error(
                "revocation-notice",
                notice,
                "revocations of the realm",
                "See what docs/operations.md says of it, under Notices.");
    }

    private Stream<Finding> waiting(Facts facts) {
        Instant due = clock.instant().minus(PATIENCE);
        return facts.oldestWaiting().filter(since -> since.isBefore(due)).stream()
                .map(since -> Finding.error(
                        "revocations-waiting",
                        "A revocation has been waiting to be published since " + since + ".",
                        "table TENANTRY_REVOCATION",
                        "Look into the server's log for why the drainer fails, on each node."));
    }
}
