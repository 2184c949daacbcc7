package io.tenantry.revocation.redis;

import io.tenantry.contract.RedisKeys;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.Selector;
import io.tenantry.contract.StreamEntry;
import io.tenantry.revocation.DaemonThreads;
import io.tenantry.revocation.PublishException;
import io.tenantry.revocation.RevocationPublisher;
import io.tenantry.settings.PublisherSettings;
import io.tenantry.settings.RedisAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Publishes to Redis 6.2 or newer, in the layout that the contract's {@link RedisKeys} and {@link StreamEntry} lay down. */
public final class RedisPublisher implements RevocationPublisher {
    /** How many revocations one script carries: the server answers nobody else meanwhile. */
    private static final int BATCH = 250;

    private static final int SERVERS_AT_ONCE = 16;

    private static final Long YES = 1L;
    private static final String NO_EPOCH = "";

    private final RedisConnection connection;
    private final ExecutorService servers = DaemonThreads.pool("tenantry-redis-", SERVERS_AT_ONCE, SERVERS_AT_ONCE);
    private final Calls calls;
    private final String prefix;

    /** Realms whose data set was another installation's when it was last to be cleared. */
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /** Connects on first use, not here. */
    public RedisPublisher(RedisAddress address, PublisherSettings settings) {
        this.connection = new RedisConnection(address, settings);
        this.calls = new Calls(connection, servers);
        this.prefix = settings.prefix();
    }

    @Override
    public Published publish(String realm, List<Revocation> revocations) {
        List<Calls.Call> batches = new ArrayList<>();
        for (int from = 0; from < revocations.size(); from += BATCH) {
            batches.add(publication(realm, revocations.subList(from, Math.min(from + BATCH, revocations.size()))));
        }
        Set<Object> epochs = new HashSet<>();
        if (batches.size() == 1) {
            epochs.add(run(Script.PUBLISH, batches.get(0).keys(), batches.get(0).arguments()));
        } else {
            calls.run(Script.PUBLISH, batches).values().forEach(answer -> epochs.add(value(answer)));
        }
        // Where the data set changed on the way, none of them has it all
        Object epoch = epochs.size() == 1 ? epochs.iterator().next() : NO_EPOCH;
        return new Published(NO_EPOCH.equals(epoch) ? null : String.valueOf(epoch));
    }

    private Calls.Call publication(String realm, List<Revocation> batch) {
        RedisKeys names = new RedisKeys(prefix, realm);
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
        return new Calls.Call(keys, arguments);
    }

    private Object value(Calls.Answer answer) {
        if (answer instanceof Calls.Failed failed) {
            throw failure(failed.reason());
        }
        return ((Calls.Answered) answer).value();
    }

    @Override
    public boolean waitsForOneAnswer(int count, int callers) {
        return count <= BATCH && connection.idle() >= callers;
    }

    @Override
    public boolean failsAsOne() {
        return !connection.isSpread();
    }

    @Override
    public Map<String, Verdict> advance(Collection<Claim> claims) {
        Map<String, Calls.Call> byRealm = new LinkedHashMap<>();
        claims.forEach(claim -> byRealm.put(claim.realm(), call(claim)));
        Map<Calls.Call, Calls.Answer> answers;
        try {
            answers = calls.run(Script.ADVANCE, byRealm.values());
        } catch (IllegalStateException e) {
            Verdict unknown = new Unknown(failure(e));
            return byRealm.keySet().stream().collect(Collectors.toMap(realm -> realm, realm -> unknown));
        }
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        byRealm.forEach((realm, call) -> verdicts.put(realm, verdict(Objects.requireNonNull(answers.get(call)))));
        return verdicts;
    }

    private Calls.Call call(Claim claim) {
        RedisKeys names = new RedisKeys(prefix, claim.realm());
        Instant watermark = claim.watermark();
        Long live = claim.live();
        List<String> arguments = new ArrayList<>();
        arguments.add(claim.epoch());
        arguments.add(watermark == null ? "" : millis(watermark));
        arguments.add(millis(claim.now()));
        arguments.add(live == null ? "" : Long.toString(live));
        if (watermark != null) {
            arguments.addAll(flatten(new StreamEntry.Watermark(watermark)));
        }
        return new Calls.Call(List.of(names.stream(), names.watermark(), names.epoch()), arguments);
    }

    private Verdict verdict(Calls.Answer answer) {
        if (answer instanceof Calls.Failed failed) {
            return new Unknown(failure(failed.reason()));
        }
        List<?> told = (List<?>) ((Calls.Answered) answer).value();
        if (!YES.equals(told.get(0))) {
            return new Lost();
        }
        String watermark = String.valueOf(told.get(1));
        return new Intact(
                watermark.isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(watermark)),
                (Long) told.get(2),
                YES.equals(told.get(3)));
    }

    @Override
    public DataSet inspect(String realm) {
        RedisKeys names = new RedisKeys(prefix, realm);
        return ask(client -> {
            try {
                String watermark = client.hget(names.watermark(), "at");
                return new DataSet(
                        client.get(names.epoch()),
                        watermark == null ? null : Instant.ofEpochMilli(Long.parseLong(watermark)));
            } catch (JedisDataException | NumberFormatException e) {
                if (e instanceof NumberFormatException || isOfAnotherType(e)) {
                    // Whatever stands there instead is no data set
                    return new DataSet(null, null);
                }
                throw e;
            }
        });
    }

    @Override
    public boolean clear(String realm, @Nullable String expected, boolean force) {
        // One that was refused is likely to be again, for as long as both installations stand, and all realms would pay
        // for new connections at each attempt
        if (refused.remove(realm) && !isCleared(realm, expected, force)) {
            refused.add(realm);
            return false;
        }
        // What is rebuilt must not be spread over two servers: an old master may still answer on an old connection
        connection.renew();
        boolean cleared = isCleared(realm, expected, force);
        if (!cleared) {
            refused.add(realm);
        }
        return cleared;
    }

    private boolean isCleared(String realm, @Nullable String expected, boolean force) {
        RedisKeys names = new RedisKeys(prefix, realm);
        return YES.equals(run(
                Script.CLEAR,
                List.of(names.stream(), names.watermark(), names.epoch()),
                List.of(expected == null ? "" : expected, force ? "force" : "")));
    }

    @Override
    public void withdraw(String realm, Selector selector) {
        RedisKeys names = new RedisKeys(prefix, realm);
        ask(client -> client.del(names.cutoff(selector)));
    }

    @Override
    public void drop(String realm, String epoch) {
        RedisKeys names = new RedisKeys(prefix, realm);
        refused.remove(realm);
        run(Script.DROP, List.of(names.stream(), names.watermark(), names.epoch()), List.of(epoch));
    }

    @Override
    public void seal(String realm, String epoch) {
        RedisKeys names = new RedisKeys(prefix, realm);
        run(Script.SEAL, List.of(names.watermark(), names.epoch()), List.of(epoch));
    }

    @Override
    public void close() {
        connection.close();
        servers.shutdownNow();
    }

    private Object run(Script script, List<String> keys, List<String> arguments) {
        return ask(client -> script.run(client, keys, arguments));
    }

    private <T> T ask(Function<UnifiedJedis, T> command) {
        try {
            // A script always answers
            return Objects.requireNonNull(command.apply(connection.client()));
        } catch (JedisException | IllegalStateException e) {
            throw failure(e);
        }
    }

    /** What Redis itself answers concerns what it was asked; one that does not answer at all concerns all that it has. */
    private PublishException failure(RuntimeException reason) {
        boolean alone = reason instanceof JedisDataException || connection.isSpread();
        return new PublishException(
                RedisFailure.describe(reason),
                reason,
                alone ? PublishException.Reach.REALM : PublishException.Reach.EVERY_REALM);
    }

    private static boolean isOfAnotherType(RuntimeException e) {
        return String.valueOf(e.getMessage()).startsWith("WRONGTYPE");
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
