package io.tenantry.password;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of the SHA-1 hashes of breached passwords: one a line in hexadecimal, sorted, optionally followed by a colon
 * and a count, as the downloads of Have I Been Pwned are. It is searched where it lies: some forty short reads for a
 * thousand million lines, and no memory.
 */
final class BreachList {
    private static final int HASH = 40;
    private static final int LONGEST_LINE = 128;
    private static final int SAMPLES = 64;

    private final Path file;

    BreachList(Path file) {
        this.file = file;
    }

    /**
     * Whether a password is in it.
     *
     * @throws IOException if the file cannot be read, or is none of the kind
     */
    boolean contains(String password) throws IOException {
        String hash = sha1(password);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long low = 0;
            long high = channel.size();
            while (low < high) {
                Line line = lineAround(channel, (low + high) >>> 1);
                int order = line.hash().compareTo(hash);
                if (order == 0) {
                    return true;
                }
                if (order < 0) {
                    low = line.next();
                } else {
                    high = line.start();
                }
            }
            return false;
        }
    }

    /**
     * Looks at lines all over the file.
     *
     * @throws IOException naming what is wrong, if they are not hashes in ascending order
     */
    void check() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size == 0) {
                throw new IOException(file.getFileName() + " is empty");
            }
            String before = "";
            for (int sample = 0; sample <= SAMPLES; sample++) {
                Line line = lineAround(channel, Math.min(size - 1, size / SAMPLES * sample));
                if (line.hash().compareTo(before) < 0) {
                    throw new IOException(file.getFileName() + " is not sorted: " + line.hash() + " follows " + before);
                }
                before = line.hash();
            }
        }
    }

    /**
     * A line of the file.
     *
     * @param start where it starts
     * @param next where the next one does, or the file ends
     */
    private record Line(String hash, long start, long next) {}

    private Line lineAround(FileChannel channel, long position) throws IOException {
        long from = Math.max(0, position - LONGEST_LINE);
        byte[] window = read(channel, from, (int) (position - from) + LONGEST_LINE);
        int at = (int) (position - from);
        int start = at;
        while (start > 0 && window[start - 1] != '\n') {
            start--;
        }
        if (start == 0 && from > 0) {
            throw new IOException(file.getFileName() + " has a line longer than " + LONGEST_LINE + " characters");
        }
        int end = at;
        while (end < window.length && window[end] != '\n') {
            end++;
        }
        if (end - start < HASH) {
            throw notAHash(from + start);
        }
        String hash = new String(window, start, HASH, StandardCharsets.US_ASCII);
        int after = start + HASH;
        boolean ended = after == end || window[after] == ':' || window[after] == '\r';
        if (!ended || !isUpperHex(hash)) {
            throw notAHash(from + start);
        }
        return new Line(hash, from + start, from + end + 1);
    }

    private IOException notAHash(long position) {
        return new IOException(file.getFileName() + " has no SHA-1 hash in upper-case hexadecimal at byte " + position);
    }

    private static boolean isUpperHex(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'));
    }

    private static byte[] read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, channel.size() - from));
        long position = from;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position);
            if (read < 0) {
                throw new IOException("the file became shorter while it was read");
            }
            position += read;
        }
        return buffer.array();
    }

    /** SHA-1 is how such lists are published; it protects nothing here. */
    private static String sha1(String password) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JRE has SHA-1", e);
        }
    }
}
