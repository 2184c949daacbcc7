package io.tenantry.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The name under which a built server is kept: equal exactly when everything that went into the build is. */
final class BuildKey {
    private static final int LENGTH = 16;

    private BuildKey() {}

    static String of(String version, List<Path> providers, Map<String, String> buildOptions) throws IOException {
        MessageDigest digest = sha256();
        add(digest, version);
        for (Path provider : providers) {
            add(digest, provider.getFileName().toString());
            digest.update(sha256().digest(Files.readAllBytes(provider)));
        }
        new TreeMap<>(buildOptions).forEach((name, value) -> {
            add(digest, name);
            add(digest, value);
        });
        return version + '-' + HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
    }

    /** With a separator, so that moving a character from one part to the next is another key. */
    private static void add(MessageDigest digest, String part) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JRE has SHA-256", e);
        }
    }
}
