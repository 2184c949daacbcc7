package io.tenantry.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreachListTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", ":17\n", ":99999999\r\n"})
    void everyLineIsFoundWhateverFollowsTheHash(String end) throws Exception {
        List<String> breached =
                IntStream.range(0, 300).mapToObj(i -> "password" + i).toList();
        BreachList list = list(breached, end);
        list.check();
        for (String password : breached) {
            assertThat(list.contains(password)).as(password).isTrue();
        }
        for (int i = 300; i < 600; i++) {
            assertThat(list.contains("password" + i)).isFalse();
        }
    }

    @Test
    void lastLineNeedsNoEnd() throws Exception {
        Path file = folder.resolve("one.txt");
        Files.writeString(file, hash("secret"));
        assertThat(new BreachList(file).contains("secret")).isTrue();
        assertThat(new BreachList(file).contains("secret2")).isFalse();
        new BreachList(file).check();
    }

    @Test
    void emptyListHoldsNothingAndIsSaidToBeEmpty() throws Exception {
        Path file = Files.createFile(folder.resolve("empty.txt"));
        assertThat(new BreachList(file).contains("x")).isFalse();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new BreachList(file).check())
                .withMessage("empty.txt is empty");
    }

    @Test
    void missingListCannotBeAsked() {
        BreachList missing = new BreachList(folder.resolve("missing.txt"));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> missing.contains("x"));
        assertThatExceptionOfType(IOException.class).isThrownBy(missing::check);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not a hash at all\n",
                "AF\n",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1\n",
                "GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
            })
    void otherFilesAreRefused(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("other.txt"), content);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new BreachList(file).contains("x"))
                .withMessage("other.txt has no SHA-1 hash in upper-case hexadecimal at byte 0");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> new BreachList(file).check());
    }

    @Test
    void linesOfAnyLengthAreNotRead() throws IOException {
        Path file = Files.writeString(folder.resolve("long.txt"), "A".repeat(4_000));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new BreachList(file).contains("x"))
                .withMessageContaining("longer than 128 characters");
    }

    @Test
    void listThatIsNotSortedIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("mixed.txt"), "B".repeat(40) + "\n" + "A".repeat(40) + "\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new BreachList(file).check())
                .withMessageContaining("is not sorted");
    }

    private BreachList list(List<String> passwords, String end) throws Exception {
        TreeSet<String> hashes = new TreeSet<>();
        for (String password : passwords) {
            hashes.add(hash(password));
        }
        Path file = folder.resolve("list.txt");
        Files.writeString(file, String.join(end, hashes) + end);
        return new BreachList(file);
    }

    static String hash(String password) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
