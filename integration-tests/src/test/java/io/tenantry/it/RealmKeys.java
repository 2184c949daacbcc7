package io.tenantry.it;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Keys for realms of tests. Keycloak makes two for each realm, which takes longer than most tests; these are made once, so
 * many that a test's realms have not the same.
 */
public final class RealmKeys {
    private static final int COUNT = 5;

    private static final List<String> KEYS =
            Stream.generate(RealmKeys::generate).limit(COUNT).toList();

    private static final AtomicInteger GIVEN = new AtomicInteger();

    private RealmKeys() {}

    /** Fields for the representation of a new realm. */
    public static Map<String, String> next() {
        return Map.of("privateKey", KEYS.get(GIVEN.getAndIncrement() % COUNT));
    }

    private static String generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }
}
