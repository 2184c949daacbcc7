package io.tenantry.revocation.redis;

import io.tenantry.contract.RedisKeys;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.StreamEntry;
import io.tenantry.revocation.PublishException;
import io.tenantry.revocation.RevocationPublisher;
import io.tenantry.settings.PublisherSettings;
import io.tenantry.settings.RedisAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** Publishes to Redis 6.2 or newer, in the layout that the contract's {@link RedisKeys} and {@link StreamEntry} lay down. */
public final class RedisPublisher implements RevocationPublisher {
    /** How many revocations one script carries: the server answers nobody else meanwhile. */
    private static final int BATCH = 250;

    private static final Long INTACT = 1L;
    private static final String NO_EPOCH = "";

    private final RedisConnection connection;
    private final String prefix;

    /** Connects on first use, not here. */
    public RedisPublisher(RedisAddress address, PublisherSettings settings) {
        this.connection = new RedisConnection(address, settings);
        this.prefix = settings.prefix();
    }

    @Override
    public Published publish(String realm, List<Revocation> revocations) {
        RedisKeys names = new RedisKeys(prefix, realm);
        Set<Object> epochs = new HashSet<>();
        for (int from = 0; from < revocations.size(); from += BATCH) {
            List<Revocation> batch = revocations.subList(from, Math.min(from + BATCH, revocations.size()));
            List<String> keys = new ArrayList<>(List.of(names.stream(), names.epoch(), names.watermark()));
            List<String> arguments = new ArrayList<>();
            for (Revocation revocation : batch) {
                List<String> entry = flatten(new StreamEntry.Revoked(revocation));
                keys.add(names.cutoff(revocation.selector()));
                arguments.add(millis(revocation.cutoff()));
                arguments.add(millis(revocation.expiresAt()));
                arguments.add(Integer.toString(entry.size()));
                arguments.addAll(entry);
            }
            epochs.add(run(Script.PUBLISH, keys, arguments));
        }
        // Where the data set changed on the way, none of them has it all
        Object epoch = epochs.size() == 1 ? epochs.iterator().next() : NO_EPOCH;
        return new Published(NO_EPOCH.equals(epoch) ? null : String.valueOf(epoch));
    }

    @Override
    public boolean waitsForOneAnswer(int count, int callers) {
        return count <= BATCH && connection.idle() >= callers;
    }

    @Override
    public DataSetState advance(String realm, String epoch, @Nullable Instant watermark, @Nullable Duration retention) {
        RedisKeys names = new RedisKeys(prefix, realm);
        List<String> arguments = new ArrayList<>();
        arguments.add(epoch);
        arguments.add(watermark == null ? "" : millis(watermark));
        arguments.add(retention == null ? "" : Long.toString(retention.toMillis()));
        if (watermark != null) {
            arguments.addAll(flatten(new StreamEntry.Watermark(watermark)));
        }
        Object answer = run(Script.ADVANCE, List.of(names.stream(), names.watermark(), names.epoch()), arguments);
        return INTACT.equals(answer) ? DataSetState.INTACT : DataSetState.LOST;
    }

    @Override
    public DataSet inspect(String realm) {
        RedisKeys names = new RedisKeys(prefix, realm);
        return ask(client -> {
            String watermark = client.hget(names.watermark(), "at");
            return new DataSet(
                    client.get(names.epoch()),
                    watermark == null ? null : Instant.ofEpochMilli(Long.parseLong(watermark)));
        });
    }

    @Override
    public void clear(String realm) {
        // What is rebuilt must not be spread over two servers: an old master may still answer on an old connection
        connection.reset();
        RedisKeys names = new RedisKeys(prefix, realm);
        run(Script.CLEAR, List.of(names.stream(), names.watermark(), names.epoch()), List.of());
    }

    @Override
    public void seal(String realm, String epoch) {
        RedisKeys names = new RedisKeys(prefix, realm);
        run(Script.SEAL, List.of(names.watermark(), names.epoch()), List.of(epoch));
    }

    @Override
    public void close() {
        connection.close();
    }

    private Object run(Script script, List<String> keys, List<String> arguments) {
        return ask(client -> script.run(client, keys, arguments));
    }

    private <T> T ask(Function<UnifiedJedis, T> command) {
        try {
            // A script always answers
            return Objects.requireNonNull(command.apply(connection.client()));
        } catch (JedisException | IllegalStateException e) {
            throw new PublishException(RedisFailure.describe(e), e);
        }
    }

    private static List<String> flatten(StreamEntry entry) {
        List<String> flat = new ArrayList<>();
        for (Map.Entry<String, String> field : entry.toFields().entrySet()) {
            flat.add(field.getKey());
            flat.add(field.getValue());
        }
        return flat;
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }
}
