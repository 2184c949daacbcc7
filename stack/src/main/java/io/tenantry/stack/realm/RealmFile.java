package io.tenantry.stack.realm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tenantry.stack.EnvPlaceholders;
import io.tenantry.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A realm file as the server would read it: its placeholders filled. */
final class RealmFile {
    private RealmFile() {}

    /**
     * Reads it.
     *
     * @throws StackException if it is no realm file, or a placeholder has no value
     */
    static ObjectNode read(Path file, Map<String, String> environment) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new StackException(file + " cannot be read (" + e + ")", e);
        }
        EnvPlaceholders.check(file.toString(), text, environment);
        try {
            if (new ObjectMapper().readTree(EnvPlaceholders.filled(text, environment)) instanceof ObjectNode realm
                    && realm.hasNonNull("realm")) {
                return realm;
            }
        } catch (JsonProcessingException e) {
            // Not its message, which quotes the line, and that may hold a secret
            throw new StackException(
                    file + " is no JSON, line " + e.getLocation().getLineNr(), e);
        }
        throw new StackException(file + " has no field \"realm\": name a file with one realm");
    }
}
