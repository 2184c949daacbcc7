package io.tenantry.password;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds rules about length that no password can meet together: those of one lender, and those of several who have a
 * member in common, each on top of the realm's own. What a regular expression leaves possible is not looked at.
 */
final class ContradictionRules {
    private static final List<String> CLASSES = List.of("digits", "lowerCase", "upperCase", "specialChars");

    /** The realm's own rules, which hold for everybody. */
    private final Lengths floor;

    private final List<Lengths> lenders;

    /**
     * @param lenders those whose rules are in force
     */
    ContradictionRules(Lengths floor, List<Lengths> lenders) {
        this.floor = floor;
        this.lenders = List.copyOf(lenders);
    }

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

        int limit() {
            return most.orElse(Integer.MAX_VALUE);
        }

        Lengths with(Lengths other) {
            Map<String, Integer> both = new LinkedHashMap<>(atLeast);
            other.atLeast.forEach((id, number) -> both.merge(id, number, Math::max));
            int smaller = Math.min(limit(), other.limit());
            return new Lengths(
                    source, both, smaller == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(smaller));
        }
    }

    /** Somebody who belongs to lenders, by their sources' names. */
    record Member(String id, Set<String> sources) {
        Member {
            sources = Set.copyOf(sources);
        }
    }

    /**
     * Rules that nobody can obey at once.
     *
     * @param source the lender whose limit is too low, or the realm
     * @param others the lenders without whose rules it would not be
     * @param least how many characters the rules together need
     * @param most how many are allowed
     * @param byRealm whether it is the realm that allows no more
     * @param member the id of one who belongs to all of them; null if nobody was found
     */
    record Contradiction(
            String source,
            List<String> others,
            int least,
            int most,
            boolean byRealm,
            @Nullable String member) {
        Contradiction {
            others = List.copyOf(others);
        }

        String text() {
            String whose = others.isEmpty() ? "its rules" : "its rules and those of " + String.join(", ", others);
            String who = byRealm ? "and the realm allows" : "and it allows";
            String text = whose + " need at least " + least + " characters, " + who + " at most " + most;
            if (others.isEmpty()) {
                return text;
            }
            return member == null
                    ? text + "; nobody who belongs to all of them was found yet"
                    : text + "; user " + member + " belongs to all of them";
        }
    }

    /**
     * The first contradiction of the realm's own rules, and of each lender's.
     *
     * @param members the members of a lender, as many as are worth looking at; asked only about lenders whose limit
     *     could be too low for somebody
     */
    List<Contradiction> find(Function<String, Stream<Member>> members) {
        if (floor.least() > floor.limit()) {
            // Each lender's would only repeat it
            return List.of(new Contradiction(floor.source(), List.of(), floor.least(), floor.limit(), false, null));
        }
        Lengths everybody = lenders.stream().reduce(floor, Lengths::with);
        List<Contradiction> found = new ArrayList<>();
        for (Lengths lender : lenders) {
            Lengths alone = lender.with(floor);
            if (alone.least() > alone.limit()) {
                found.add(contradiction(lender, List.of(), null));
            } else if (lender.most().isPresent() && everybody.least() > alone.limit()) {
                // Where only the realm sets a limit, a lender that exceeds it has been found by itself
                amongMembers(lender, members).or(() -> betweenTwo(lender)).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Contradiction> amongMembers(Lengths limiting, Function<String, Stream<Member>> members) {
        try (Stream<Member> some = members.apply(limiting.source())) {
            return some.flatMap(member -> {
                        List<Lengths> needed = needed(limiting, member.sources());
                        return needed.isEmpty()
                                ? Stream.empty()
                                : Stream.of(contradiction(limiting, needed, member.id()));
                    })
                    .findFirst();
        }
    }

    /** The fewest of the lenders whose rules are too much for the limit; none if all together are not. */
    private List<Lengths> needed(Lengths limiting, Set<String> sources) {
        List<Lengths> needed = new ArrayList<>(lenders.stream()
                .filter(lender -> sources.contains(lender.source()) && !lender.equals(limiting))
                .toList());
        if (!tooMuch(limiting, needed)) {
            return List.of();
        }
        for (Lengths one : List.copyOf(needed)) {
            needed.remove(one);
            if (!tooMuch(limiting, needed)) {
                needed.add(one);
            }
        }
        return needed;
    }

    private Optional<Contradiction> betweenTwo(Lengths limiting) {
        return lenders.stream()
                .filter(other -> tooMuch(limiting, List.of(other)))
                .findFirst()
                .map(other -> contradiction(limiting, List.of(other), null));
    }

    private boolean tooMuch(Lengths limiting, List<Lengths> others) {
        Lengths together = together(limiting, others);
        return together.least() > limiting.with(floor).limit();
    }

    private Lengths together(Lengths limiting, List<Lengths> others) {
        return others.stream().reduce(limiting.with(floor), Lengths::with);
    }

    private Contradiction contradiction(Lengths limiting, List<Lengths> others, @Nullable String member) {
        return new Contradiction(
                limiting.source(),
                others.stream().map(Lengths::source).toList(),
                together(limiting, others).least(),
                limiting.with(floor).limit(),
                floor.limit() < limiting.limit(),
                member);
    }
}
