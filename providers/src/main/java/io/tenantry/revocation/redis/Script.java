package io.tenantry.revocation.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** The Lua scripts, one atomic step each. */
enum Script {
    PUBLISH("publish.lua"),
    ADVANCE("advance.lua"),
    CLEAR("clear.lua"),
    SEAL("seal.lua"),
    DROP("drop.lua");

    private final String text;
    private final String digest;

    Script(String resource) {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            byte[] bytes = in.readAllBytes();
            text = new String(bytes, StandardCharsets.UTF_8);
            digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs it, by the digest that Redis knows it by; a server that was restarted or promoted is told it anew. */
    Object run(UnifiedJedis client, List<String> keys, List<String> arguments) {
        try {
            return client.evalsha(digest, keys, arguments);
        } catch (JedisNoScriptException e) {
            return client.eval(text, keys, arguments);
        }
    }

    /** Has a server asked for it together with others, by its digest. */
    Response<Object> run(Pipeline pipeline, List<String> keys, List<String> arguments) {
        return pipeline.evalsha(digest, keys, arguments);
    }

    /** The same where the server does not know it: those that follow on this connection may use the digest. */
    Response<Object> teach(Pipeline pipeline, List<String> keys, List<String> arguments) {
        return pipeline.eval(text, keys, arguments);
    }
}
