package io.tenantry.password;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words that an attacker would try first: a lender's name, its id and domains, its user's name and email address,
 * whole and in parts. Case, accents and punctuation do not hide a word.
 */
final class LenderNames {
    /** Shorter words are in too many good passwords. */
    static final int MIN_WHOLE = 4;
    /** Parts of a name are the more common words: "bank". */
    static final int MIN_PART = 5;

    private static final Pattern NOT_A_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private final Set<String> words = new LinkedHashSet<>();

    LenderNames add(Lender lender) {
        addName(lender.name());
        addName(lender.id());
        lender.domains().forEach(domain -> {
            // The last label is everybody's: "com"
            int top = domain.lastIndexOf('.');
            addName(top < 0 ? domain : domain.substring(0, top));
        });
        return this;
    }

    LenderNames addUser(@Nullable String username, @Nullable String email) {
        addName(localPart(username));
        addName(localPart(email));
        return this;
    }

    /** All words, in lower case without accents. */
    List<String> words() {
        return new ArrayList<>(words);
    }

    /** Whether a password contains one of the words. */
    boolean in(String password) {
        String folded = String.join("", NOT_A_WORD.split(fold(password), -1));
        return words.stream().anyMatch(folded::contains);
    }

    private void addName(@Nullable String name) {
        if (name == null) {
            return;
        }
        String[] parts = NOT_A_WORD.split(fold(name), -1);
        addWord(String.join("", parts), MIN_WHOLE);
        for (String part : parts) {
            addWord(part, MIN_PART);
        }
    }

    private void addWord(String word, int min) {
        if (word.length() >= min) {
            words.add(word);
        }
    }

    private static @Nullable String localPart(@Nullable String address) {
        int at = address == null ? -1 : address.indexOf('@');
        return address == null || at < 0 ? address : address.substring(0, at);
    }

    private static String fold(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        return MARKS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
