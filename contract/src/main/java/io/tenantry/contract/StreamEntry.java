package io.tenantry.contract;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An entry of a realm's revocation stream: a revocation, or the watermark. */
public sealed interface StreamEntry {
    /** The entry's fields in the order in which they are written. */
    Map<String, String> toFields();

    /** Hands the entry to the one that takes its kind. A kind that is added here has to be taken everywhere. */
    void match(Consumer<Revoked> revoked, Consumer<Watermark> watermark);

    /**
     * A revocation, in the fields {@code id}, {@code kind}, {@code selector}, {@code cutoff}, {@code exp}, {@code cause},
     * and {@value #SECURITY_EVENT} where it carries a Security Event Token.
     */
    record Revoked(Revocation revocation) implements StreamEntry {
        private static final String ID = "id";
        private static final String KIND = "kind";
        private static final String SELECTOR = "selector";
        private static final String CUTOFF = "cutoff";
        private static final String EXPIRES_AT = "exp";
        private static final String CAUSE = "cause";

        /** The field that holds the Security Event Token, for receivers of those. */
        public static final String SECURITY_EVENT = "set";

        @Override
        public Map<String, String> toFields() {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put(ID, revocation.id());
            fields.put(KIND, revocation.selector().kind().wireName());
            fields.put(SELECTOR, revocation.selector().encodedParts());
            fields.put(CUTOFF, Long.toString(revocation.cutoff().toEpochMilli()));
            fields.put(EXPIRES_AT, Long.toString(revocation.expiresAt().toEpochMilli()));
            fields.put(CAUSE, revocation.cause());
            String securityEvent = revocation.securityEvent();
            if (securityEvent != null) {
                fields.put(SECURITY_EVENT, securityEvent);
            }
            return fields;
        }

        @Override
        public void match(Consumer<Revoked> revoked, Consumer<Watermark> watermark) {
            revoked.accept(this);
        }

        private static Revoked parse(Map<String, String> fields) {
            String kind = field(fields, KIND);
            String selector = field(fields, SELECTOR);
            Instant cutoff = instant(fields, CUTOFF);
            Instant expiresAt = instant(fields, EXPIRES_AT);
            try {
                return new Revoked(new Revocation(
                        field(fields, ID),
                        Selector.parse(RevocationKind.ofWireName(kind), selector),
                        cutoff,
                        expiresAt,
                        field(fields, CAUSE),
                        securityEvent(fields)));
            } catch (IllegalArgumentException | MalformedEntryException e) {
                // Whoever wrote it knows kinds or bounds that this version does not
                throw new MalformedEntryException(e, expiresAt);
            }
        }

        /** Whoever reads revocations can do without it: one that is out of bounds is no reason to miss the revocation. */
        private static @Nullable String securityEvent(Map<String, String> fields) {
            String token = fields.get(SECURITY_EVENT);
            return token == null || token.isEmpty() || token.length() > Revocation.MAX_SECURITY_EVENT_LENGTH
                    ? null
                    : token;
        }
    }

    /**
     * The claim that every revocation committed by {@code at} stands in the stream before this entry; field
     * {@code watermark}, epoch milliseconds.
     */
    record Watermark(Instant at) implements StreamEntry {
        private static final String WATERMARK = "watermark";

        @Override
        public Map<String, String> toFields() {
            return Map.of(WATERMARK, Long.toString(at.toEpochMilli()));
        }

        @Override
        public void match(Consumer<Revoked> revoked, Consumer<Watermark> watermark) {
            watermark.accept(this);
        }
    }

    /**
     * Reads what {@link #toFields()} wrote; fields it does not know are ignored.
     *
     * @throws MalformedEntryException if a field is missing or unreadable
     */
    static StreamEntry parse(Map<String, String> fields) {
        return fields.containsKey(Watermark.WATERMARK)
                ? new Watermark(instant(fields, Watermark.WATERMARK))
                : Revoked.parse(fields);
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new MalformedEntryException("a stream entry lacks the field '" + name + "'");
        }
        return value;
    }

    private static Instant instant(Map<String, String> fields, String name) {
        String value = field(fields, name);
        try {
            return Instant.ofEpochMilli(Long.parseLong(value));
        } catch (NumberFormatException | DateTimeException e) {
            throw new MalformedEntryException(new IllegalArgumentException(
                    "'" + value + "' in the field '" + name + "' is not epoch milliseconds", e));
        }
    }
}
