package io.tenantry.it.fault;

import io.tenantry.contract.RevocationKind;
import io.tenantry.contract.Selector;
import io.tenantry.verifier.TokenIdentity;
import io.tenantry.verifier.redis.ReplicaSettings;
import io.tenantry.verifier.redis.RevocationReplica;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A consumer in a process of its own, so that its clock alone can be shifted: asked by a line, it says one of one token. */
final class ConsumerProcess implements AutoCloseable {
    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private ConsumerProcess(Process process) {
        this.process = process;
        this.questions = process.outputWriter(StandardCharsets.US_ASCII);
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /** What it says of the token, and whether it is fresh. */
    record Said(String answer, boolean fresh) {}

    static ConsumerProcess start(URI redis, String realm, Instant issuedAt, Selector session, ShiftedClock clock)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ConsumerProcess.class.getName(),
                        redis.toString(),
                        realm,
                        issuedAt.toString(),
                        session.encodedParts())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(clock.environment());
        return new ConsumerProcess(builder.start());
    }

    Said ask() {
        try {
            questions.newLine();
            questions.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new AssertionError("the consumer has ended");
            }
            String[] words = line.split(" ", -1);
            return new Said(words[0], Boolean.parseBoolean(words[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** The process: Redis, realm, a token's time of issue and session. */
    public static void main(String[] arguments) throws IOException {
        TokenIdentity token = new TokenIdentity(
                Instant.parse(arguments[2]), false, List.of(Selector.parse(RevocationKind.SID, arguments[3])));
        try (RevocationReplica replica =
                        RevocationReplica.start(ReplicaSettings.forRealm(URI.create(arguments[0]), arguments[1])
                                .build());
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            while (in.readLine() != null) {
                String answer = replica.check(token).getClass().getSimpleName();
                System.out.println(answer + " " + replica.status().fresh());
            }
        }
    }
}
