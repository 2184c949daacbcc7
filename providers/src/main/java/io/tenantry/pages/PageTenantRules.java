package io.tenantry.pages;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Decides whose brand a page shows. It must not tell a stranger who typed somebody's name which lenders that person is
 * with, or whether there is such a person: until a credential was given, only what the stranger said counts.
 *
 * @param <T> a tenant
 */
final class PageTenantRules<T> {
    private final Predicate<T> enabled;
    private final Predicate<T> hasPerson;

    /**
     * Judges for one page.
     *
     * @param enabled whether a tenant is
     * @param hasPerson whether the person belongs to it
     */
    PageTenantRules(Predicate<T> enabled, Predicate<T> hasPerson) {
        this.enabled = enabled;
        this.hasPerson = hasPerson;
    }

    /** How much is known of the person before the screen. */
    enum Person {
        /** Nobody has been named. */
        UNKNOWN,
        /** Somebody was named. */
        CLAIMED,
        /** A credential of theirs was given, or the mail that is written goes to them. */
        PROVEN
    }

    /** What may tell of a tenant; the first that does decides. */
    enum Clue {
        /** Its identity provider has just vouched for someone who was turned away. */
        REJECTED_FOR,
        /** It was chosen from a list. */
        CHOSEN,
        /** The request is about it: an invitation, or what Keycloak found for the person. */
        SETTLED,
        /** A parameter or the host name stands for it. */
        HINTED,
        /** The scope names it. */
        NAMED,
        /** The application is its own. */
        OWNER,
        /** The session that is being ended was for no other. */
        LEAVING,
        /** The person is with no other. */
        SOLE,
        /** The address that was typed is in its domain. */
        ADDRESS
    }

    /** The tenant whose brand is shown; empty for the platform's. */
    Optional<T> decide(Person person, Function<Clue, Optional<T>> clues) {
        for (Clue clue : Clue.values()) {
            Optional<T> found = counts(clue, person) ? clues.apply(clue) : Optional.empty();
            if (found.isPresent()) {
                return found.filter(enabled)
                        .filter(tenant ->
                                person != Person.PROVEN || clue == Clue.REJECTED_FOR || hasPerson.test(tenant));
            }
        }
        return Optional.empty();
    }

    private static boolean counts(Clue clue, Person person) {
        return switch (clue) {
            case REJECTED_FOR, CHOSEN, HINTED, NAMED, OWNER, ADDRESS -> true;
            case SETTLED -> person != Person.CLAIMED;
            case LEAVING, SOLE -> person == Person.PROVEN;
        };
    }
}
