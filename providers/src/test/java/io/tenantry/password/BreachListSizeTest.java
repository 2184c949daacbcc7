package io.tenantry.password;

import static io.tenantry.password.BreachListTest.hash;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BreachListSizeTest {
    @TempDir
    Path folder;

    /** As many as a fair part of what Have I Been Pwned offers; the reads grow by one each time they double. */
    @Test
    void fiveMillionLinesAreSearchedInNoTimeAndNoMemory() throws Exception {
        int lines = 5_000_000;
        Path file = folder.resolve("millions.txt");
        writeLines(file, lines);
        assertThat(Files.size(file)).isGreaterThan(200_000_000L);
        BreachList list = new BreachList(file);
        list.check();
        assertThat(list.contains("an unbreached password")).isFalse();

        com.sun.management.ThreadMXBean memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int searches = 1_000;
        long allocated = memory.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        for (int i = 0; i < searches; i++) {
            assertThat(list.contains("candidate" + i)).isFalse();
        }
        long nanos = (System.nanoTime() - start) / searches;
        long bytes = (memory.getCurrentThreadAllocatedBytes() - allocated) / searches;
        assertThat(nanos).as("nanoseconds a search").isLessThan(20_000_000);
        assertThat(bytes).as("bytes a search, of a file of 200 MB").isLessThan(64 * 1_024);
    }

    /** The hash of a password in its place among millions of others. */
    @Test
    void onePasswordAmongMillionsIsFound() throws Exception {
        String breached = hash("Tr0ub4dor&3");
        Path file = folder.resolve("one-of-millions.txt");
        int lines = 2_000_000;
        long place = Long.parseLong(breached.substring(0, 8), 16);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            long step = (1L << 32) / lines;
            boolean written = false;
            for (int i = 0; i < lines; i++) {
                long prefix = i * step;
                if (!written && prefix > place) {
                    out.write(breached + ":3861493\n");
                    written = true;
                }
                if (prefix != place) {
                    writeLine(out, prefix);
                }
            }
            assertThat(written).isTrue();
        }
        BreachList list = new BreachList(file);
        list.check();
        assertThat(list.contains("Tr0ub4dor&3")).isTrue();
        assertThat(list.contains("Tr0ub4dor&4")).isFalse();
    }

    private static void writeLines(Path file, int lines) throws IOException {
        long step = (1L << 32) / lines;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < lines; i++) {
                writeLine(out, i * step);
            }
        }
    }

    private static void writeLine(BufferedWriter out, long prefix) throws IOException {
        String hex = Long.toHexString(prefix).toUpperCase(Locale.ROOT);
        out.write("00000000", 0, 8 - hex.length());
        out.write(hex);
        out.write("00000000000000000000000000000000:1\n");
    }
}
