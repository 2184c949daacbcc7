package io.tenantry.revocation.outbox;

import io.tenantry.contract.Selector;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** A row of the table of what an operator has ended: one a selector of a realm, whose moment only ever rises. */
@Entity
@Table(name = "TENANTRY_CUTOFF")
public class CutoffEntity {
    @Id
    @Column(name = "ID", length = 64)
    private String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId = "";

    @Column(name = "KIND", length = 16, nullable = false)
    private String kind = "";

    @Column(name = "SELECTOR", length = 4000, nullable = false)
    private String selector = "";

    @Column(name = "CUTOFF", nullable = false)
    private long cutoff;

    /** For Hibernate. */
    protected CutoffEntity() {}

    CutoffEntity(String realmId, Selector selector, Instant cutoff) {
        this.id = idOf(realmId, selector);
        this.realmId = realmId;
        this.kind = selector.kind().wireName();
        this.selector = selector.encodedParts();
        this.cutoff = cutoff.toEpochMilli();
    }

    /** A digest, because a key may not be as long as a selector in every database. */
    static String idOf(String realmId, Selector selector) {
        String name = realmId + '/' + selector.kind().wireName() + '/' + selector.encodedParts();
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void raiseTo(Instant later) {
        cutoff = Math.max(cutoff, later.toEpochMilli());
    }
}
