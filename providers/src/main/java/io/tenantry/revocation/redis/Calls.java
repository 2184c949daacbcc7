package io.tenantry.revocation.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Runs of one script that are sent together rather than one after the other: a thousand of them take one round trip for
 * each server, and servers are asked side by side. What one meets is no other's.
 */
final class Calls {
    private final RedisConnection connection;
    private final Executor executor;

    Calls(RedisConnection connection, Executor executor) {
        this.connection = connection;
        this.executor = executor;
    }

    /** One run; the first of the keys tells which server has them. */
    record Call(List<String> keys, List<String> arguments) {
        Call {
            keys = List.copyOf(keys);
            arguments = List.copyOf(arguments);
        }
    }

    /** What became of a run. */
    sealed interface Answer {}

    record Answered(Object value) implements Answer {}

    record Failed(JedisException reason) implements Answer {}

    /** Runs them all, those for one server in order. */
    Map<Call, Answer> run(Script script, Collection<Call> calls) {
        Map<String, List<Call>> byServer;
        try {
            byServer = byServer(calls);
        } catch (JedisException e) {
            return calls.stream().collect(Collectors.toMap(call -> call, call -> new Failed(e), (a, b) -> a));
        }
        Map<Call, Answer> answers = new ConcurrentHashMap<>();
        List<CompletableFuture<Void>> others = new ArrayList<>();
        byServer.forEach((server, group) -> {
            Runnable work = () -> answers.putAll(runAtOnce(script, server, group));
            if (byServer.size() == 1) {
                work.run();
            } else {
                others.add(side(work));
            }
        });
        others.forEach(CompletableFuture::join);
        return answers;
    }

    private Map<String, List<Call>> byServer(Collection<Call> calls) {
        Map<String, List<Call>> byKey = calls.stream()
                .collect(Collectors.groupingBy(call -> call.keys().get(0), LinkedHashMap::new, Collectors.toList()));
        Map<String, List<Call>> byServer = new LinkedHashMap<>();
        connection
                .byServer(byKey.keySet())
                .forEach((server, keys) -> byServer.put(
                        server,
                        keys.stream()
                                .flatMap(key -> byKey.getOrDefault(key, List.of()).stream())
                                .toList()));
        return byServer;
    }

    private CompletableFuture<Void> side(Runnable work) {
        try {
            return CompletableFuture.runAsync(work, executor);
        } catch (RejectedExecutionException e) {
            // More servers than threads: this one's turn comes here
            work.run();
            return CompletableFuture.completedFuture(null);
        }
    }

    private Map<Call, Answer> runAtOnce(Script script, String server, List<Call> calls) {
        Map<Call, Answer> answers = atOnce(script, server, calls);
        List<Call> moved = with(answers, JedisRedirectionException.class);
        if (!moved.isEmpty() || !with(answers, JedisConnectionException.class).isEmpty()) {
            lookAgain();
        }
        answers.putAll(followed(script, moved));
        // Rare, as while slots are being moved: whoever is asked alone is led to where the keys are
        with(answers, JedisRedirectionException.class).forEach(call -> answers.put(call, alone(script, call)));
        return answers;
    }

    /** Asks together those that have them by now: a whole server's realms, one by one, would take longer than a tick. */
    private Map<Call, Answer> followed(Script script, List<Call> moved) {
        Map<Call, Answer> answers = new LinkedHashMap<>();
        if (!moved.isEmpty()) {
            try {
                byServer(moved).forEach((server, calls) -> answers.putAll(atOnce(script, server, calls)));
            } catch (JedisException e) {
                // Nobody tells who has them: the rest stay as they were answered
            }
        }
        return answers;
    }

    /** In one round trip, or two where the server does not know the script. */
    private Map<Call, Answer> atOnce(Script script, String server, List<Call> calls) {
        Map<Call, Answer> answers = at(script, server, calls, false);
        List<Call> untaught = with(answers, JedisNoScriptException.class);
        if (!untaught.isEmpty()) {
            answers.putAll(at(script, server, untaught, true));
        }
        return answers;
    }

    private void lookAgain() {
        try {
            connection.lookAgain();
        } catch (JedisException e) {
            // Whoever could tell is gone as well; asked again with the next call
        }
    }

    private static List<Call> with(Map<Call, Answer> answers, Class<? extends JedisException> type) {
        return answers.entrySet().stream()
                .filter(each -> each.getValue() instanceof Failed failed && type.isInstance(failed.reason()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<Call, Answer> at(Script script, String server, List<Call> calls, boolean teach) {
        Map<Call, Answer> answers = new LinkedHashMap<>();
        Map<Call, Response<Object>> responses = new LinkedHashMap<>();
        try (Pipeline pipeline = connection.pipeline(server)) {
            for (Call call : calls) {
                responses.put(
                        call,
                        teach && responses.isEmpty()
                                ? script.teach(pipeline, call.keys(), call.arguments())
                                : script.run(pipeline, call.keys(), call.arguments()));
            }
            pipeline.sync();
            responses.forEach((call, response) -> answers.put(call, answer(response)));
        } catch (JedisException e) {
            // Those that were answered before it broke are asked again: each may be repeated
            calls.forEach(call -> answers.putIfAbsent(call, new Failed(e)));
        }
        return answers;
    }

    private static Answer answer(Response<Object> response) {
        try {
            return new Answered(response.get());
        } catch (JedisException e) {
            return new Failed(e);
        }
    }

    private Answer alone(Script script, Call call) {
        try {
            return new Answered(script.run(connection.client(), call.keys(), call.arguments()));
        } catch (JedisException e) {
            return new Failed(e);
        }
    }
}
