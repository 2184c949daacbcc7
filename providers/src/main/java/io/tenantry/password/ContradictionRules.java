package io.tenantry.password;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds rules that no password can meet together, within one source or between two whose members may be the same. */
final class ContradictionRules {
    private static final List<String> CLASSES = List.of("digits", "lowerCase", "upperCase", "specialChars");

    /**
     * Somebody's rules, as far as they are about length.
     *
     * @param source who asks, as an admin calls it
     */
    record Lengths(String source, Map<String, Integer> atLeast, OptionalInt most) {
        Lengths {
            atLeast = Map.copyOf(atLeast);
        }

        static Lengths of(String source, List<UnderstoodRule> rules) {
            Map<String, Integer> atLeast = new LinkedHashMap<>();
            OptionalInt most = OptionalInt.empty();
            for (UnderstoodRule rule : rules) {
                OptionalInt number = rule.number();
                if (number.isPresent() && (rule.id().equals("length") || CLASSES.contains(rule.id()))) {
                    atLeast.merge(rule.id(), number.getAsInt(), Math::max);
                } else if (number.isPresent() && rule.id().equals("maxLength")) {
                    most = OptionalInt.of(Math.min(number.getAsInt(), most.orElse(Integer.MAX_VALUE)));
                }
            }
            return new Lengths(source, atLeast, most);
        }

        int least() {
            long classes = CLASSES.stream()
                    .mapToLong(id -> atLeast.getOrDefault(id, 0))
                    .sum();
            return (int) Math.min(Integer.MAX_VALUE, Math.max(atLeast.getOrDefault("length", 0), classes));
        }

        private Lengths with(Lengths other) {
            Map<String, Integer> both = new LinkedHashMap<>(atLeast);
            other.atLeast.forEach((id, number) -> both.merge(id, number, Math::max));
            return new Lengths(source, both, most);
        }
    }

    /**
     * Two sources, perhaps the same, that nobody can obey at once.
     *
     * @param least how many characters the rules together need
     * @param most how many {@code limiting} allows
     */
    record Contradiction(String demanding, int least, String limiting, int most) {
        String text() {
            return demanding.equals(limiting)
                    ? "its rules need at least " + least + " characters and allow at most " + most
                    : "together with " + demanding + " its rules need at least " + least
                            + " characters, and it allows at most " + most;
        }
    }

    private ContradictionRules() {}

    /** For each source that limits the length, the first other one, or itself, that it contradicts. */
    static List<Contradiction> find(List<Lengths> sources) {
        List<Contradiction> found = new ArrayList<>();
        for (Lengths limiting : sources) {
            if (limiting.most().isPresent()) {
                contradiction(limiting, limiting)
                        .or(() -> sources.stream()
                                .flatMap(other -> contradiction(other, limiting).stream())
                                .findFirst())
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Contradiction> contradiction(Lengths demanding, Lengths limiting) {
        int least = demanding.with(limiting).least();
        int most = limiting.most().orElse(Integer.MAX_VALUE);
        return least > most
                ? Optional.of(new Contradiction(demanding.source(), least, limiting.source(), most))
                : Optional.empty();
    }
}
