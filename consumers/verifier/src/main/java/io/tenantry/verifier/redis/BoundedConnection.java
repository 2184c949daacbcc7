package io.tenantry.verifier.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * A connection whose replies take a bounded share of this process's memory, whatever somebody has put into Redis: Redis
 * cannot be asked how large an entry is, and the client library would make room for all of it before it reads. What is
 * larger than anything of ours is skipped on its way in.
 */
final class BoundedConnection extends Connection {
    /** The most elements of one array; no more entries may be asked for at once. */
    static final int MAX_ELEMENTS = 256;

    /** What stands where a value was skipped: no value of ours. */
    static final String SKIPPED = "\0";

    /** More than an entry holds at its longest, some 17,500: two parts of 512 characters, encoded, and a security event. */
    private static final int MAX_ARRAY_BYTES = 20_480;

    private static final byte[] SKIPPED_BYTES = {0};

    BoundedConnection(HostAndPort address, JedisClientConfig config) {
        super(address, config);
    }

    @Override
    protected @Nullable Object protocolRead(RedisInputStream in, PushConsumerChain consumers) {
        return read(in, consumers, new Budget());
    }

    /** How many bytes the values of one array may still have. */
    private static final class Budget {
        private int left = MAX_ARRAY_BYTES;

        boolean take(int length) {
            if (length > left) {
                return false;
            }
            left -= length;
            return true;
        }
    }

    private @Nullable Object read(RedisInputStream in, PushConsumerChain consumers, Budget budget) {
        if (in.peek(Protocol.DOLLAR_BYTE)) {
            in.readByte();
            return value(in, budget);
        }
        if (in.peek(Protocol.ASTERISK_BYTE)) {
            in.readByte();
            return array(in, consumers);
        }
        return super.protocolRead(in, consumers);
    }

    private static byte @Nullable [] value(RedisInputStream in, Budget budget) {
        int length = in.readIntCrLf();
        if (length < 0) {
            return null;
        }
        if (!budget.take(length)) {
            skip(in, length);
            return SKIPPED_BYTES;
        }
        byte[] value = new byte[length];
        int read = 0;
        while (read < length) {
            read += readSome(in, value, read, length - read);
        }
        endOfLine(in);
        return value;
    }

    private @Nullable List<@Nullable Object> array(RedisInputStream in, PushConsumerChain consumers) {
        int length = in.readIntCrLf();
        if (length < 0) {
            return null;
        }
        Budget budget = new Budget();
        List<@Nullable Object> elements = new ArrayList<>(Math.min(length, MAX_ELEMENTS));
        for (int i = 0; i < length; i++) {
            @Nullable Object element = read(in, consumers, budget);
            // Fields come in pairs, so an entry that has too many ends between two of them
            if (i < MAX_ELEMENTS) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static void skip(RedisInputStream in, int length) {
        byte[] scratch = new byte[Math.min(length, 8_192)];
        int left = length;
        while (left > 0) {
            left -= readSome(in, scratch, 0, Math.min(left, scratch.length));
        }
        endOfLine(in);
    }

    private static int readSome(RedisInputStream in, byte[] into, int offset, int length) {
        int read = in.read(into, offset, length);
        if (read < 0) {
            throw new JedisConnectionException("the connection ended within a reply");
        }
        return read;
    }

    private static void endOfLine(RedisInputStream in) {
        in.readByte();
        in.readByte();
    }
}
