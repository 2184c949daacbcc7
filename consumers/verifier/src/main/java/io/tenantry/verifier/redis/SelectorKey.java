package io.tenantry.verifier.redis;

import io.tenantry.contract.Selector;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A selector as the first 128 bits of its SHA-256: 32 bytes of heap whatever its parts hold. Two selectors that met by
 * chance could only revoke too much, and nobody can seek such a pair out.
 */
record SelectorKey(long high, long low) {

    /** Makes keys; not safe for use by several threads. */
    static final class Hasher {
        private final MessageDigest digest;

        Hasher() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        SelectorKey key(Selector selector) {
            update(selector.kind().wireName());
            selector.parts().forEach(this::update);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            return new SelectorKey(hash.getLong(), hash.getLong());
        }

        /** The length goes first: "a","bc" and "ab","c" are not the same. */
        private void update(String part) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((byte) (bytes.length >> 8));
            digest.update((byte) bytes.length);
            digest.update(bytes);
        }
    }

    @Override
    public int hashCode() {
        return Long.hashCode(low);
    }
}
