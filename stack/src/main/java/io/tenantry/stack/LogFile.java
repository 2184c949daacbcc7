package io.tenantry.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what a server has logged. */
final class LogFile {
    private static final int TAIL_LINES = 30;

    private LogFile() {}

    static String read(Path log) {
        try {
            return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new StackException("cannot read " + log, e);
        }
    }

    /** The last lines, enough to see why a start failed. */
    static String tail(Path log) {
        String[] lines = read(log).split("\n", -1);
        StringBuilder tail = new StringBuilder();
        for (int i = Math.max(0, lines.length - TAIL_LINES); i < lines.length; i++) {
            tail.append(lines[i]).append('\n');
        }
        return tail.toString().stripTrailing();
    }
}
