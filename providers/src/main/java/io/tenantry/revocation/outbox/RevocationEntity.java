package io.tenantry.revocation.outbox;

import io.tenantry.contract.MalformedEntryException;
import io.tenantry.contract.Revocation;
import io.tenantry.contract.RevocationKind;
import io.tenantry.contract.Selector;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Query;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.Nationalized;
import org.hibernate.query.TypedParameterValue;
import org.hibernate.type.StandardBasicTypes;
import org.jspecify.annotations.Nullable;

/** A row of the table: a revocation of one realm, and whether it has been published. Moments are epoch milliseconds. */
@Entity
@Table(name = "TENANTRY_REVOCATION")
public class RevocationEntity {
    /** Stands where the row says when it was published, if it cannot be. */
    static final long SET_ASIDE = -1;

    @Id
    @Column(name = "ID", length = 36)
    private String id = "";

    @Nationalized
    @Column(name = "REALM", nullable = false)
    private String realm = "";

    @Column(name = "KIND", length = 16, nullable = false)
    private String kind = "";

    @Column(name = "SELECTOR", length = 4000)
    private @Nullable String selector;

    /** Of realm, kind and selector, by which Keycloak asks whether a token is covered; null in rows of before. */
    @Column(name = "SELECTOR_DIGEST", length = 64)
    private @Nullable String selectorDigest;

    @Column(name = "CUTOFF", nullable = false)
    private long cutoff;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    @Column(name = "CAUSE", length = 64, nullable = false)
    private String cause = "";

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    @Column(name = "PUBLISHED_AT")
    private @Nullable Long publishedAt;

    @Column(name = "SECURITY_EVENT", length = Revocation.MAX_SECURITY_EVENT_LENGTH)
    private @Nullable String securityEvent;

    /** For Hibernate. */
    protected RevocationEntity() {}

    RevocationEntity(String realm, Revocation revocation, Instant createdAt) {
        this.id = revocation.id();
        this.realm = realm;
        this.kind = revocation.selector().kind().wireName();
        String parts = revocation.selector().encodedParts();
        this.selector = parts.isEmpty() ? null : parts;
        this.selectorDigest = CutoffEntity.idOf(realm, revocation.selector());
        this.cutoff = revocation.cutoff().toEpochMilli();
        this.expiresAt = revocation.expiresAt().toEpochMilli();
        this.cause = revocation.cause();
        this.createdAt = createdAt.toEpochMilli();
        this.securityEvent = revocation.securityEvent();
    }

    String id() {
        return id;
    }

    String realm() {
        return realm;
    }

    Instant createdAt() {
        return Instant.ofEpochMilli(createdAt);
    }

    @Nullable Instant publishedAt() {
        Long at = publishedAt;
        return at == null || at == SET_ASIDE ? null : Instant.ofEpochMilli(at);
    }

    boolean isPending() {
        return publishedAt == null;
    }

    /** Sets the parameters of a statement that are named as the fields. */
    Query bind(Query insert) {
        return insert.setParameter("id", id)
                .setParameter("realm", realm)
                .setParameter("kind", kind)
                .setParameter("selector", text(selector))
                .setParameter("selectorDigest", text(selectorDigest))
                .setParameter("cutoff", cutoff)
                .setParameter("expiresAt", expiresAt)
                .setParameter("cause", cause)
                .setParameter("createdAt", createdAt)
                .setParameter("securityEvent", text(securityEvent));
    }

    /** With its type, as a null has none. */
    private static TypedParameterValue<String> text(@Nullable String value) {
        return new TypedParameterValue<>(StandardBasicTypes.STRING, value);
    }

    /** The row's revocation; empty if this version cannot read it, as one that a newer version wrote. */
    Optional<Revocation> readable() {
        try {
            return Optional.of(revocation());
        } catch (MalformedEntryException | IllegalArgumentException e) {
            // The first for an unknown kind or other parts than it has, the second for what no revocation can say
            return Optional.empty();
        }
    }

    private Revocation revocation() {
        String parts = selector;
        return new Revocation(
                id,
                Selector.parse(RevocationKind.ofWireName(kind), parts == null ? "" : parts),
                Instant.ofEpochMilli(cutoff),
                Instant.ofEpochMilli(expiresAt),
                cause,
                securityEvent);
    }
}
