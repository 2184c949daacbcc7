package io.tenantry.verifier.redis;

import java.net.URI;
import java.time.Duration;

/** A consumer in a process of its own, for a test that gives it little memory. */
final class SmallHeapReader {
    private SmallHeapReader() {}

    /** Says how the replica stands once it is fresh, or after ten seconds. */
    public static void main(String[] args) throws InterruptedException {
        try (RevocationReplica replica = RevocationReplica.start(
                ReplicaSettings.forRealm(URI.create(args[0]), "lending").build())) {
            boolean fresh = replica.awaitFresh(Duration.ofSeconds(10));
            ReplicaStatus status = replica.status();
            System.out.println("fresh=" + fresh + " live=" + status.liveRevocations() + " stray="
                    + status.strayEntries() + " problem=" + status.problem());
        }
    }
}
