package io.tenantry.revocation.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The Lua scripts, one atomic step each. Sent whole every time: a flushed or promoted server knows no digest of them. */
enum Script {
    PUBLISH("publish.lua"),
    ADVANCE("advance.lua"),
    CLEAR("clear.lua"),
    SEAL("seal.lua");

    private final String text;

    Script(String resource) {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }
}
