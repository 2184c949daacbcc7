package io.tenantry.revocation.outbox;

import io.tenantry.revocation.TokenLifetimes;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/** What is known of a realm's token lifetimes, past ones included as long as they matter. Milliseconds. */
@Entity
@Table(name = "TENANTRY_LIFETIME")
public class LifetimeEntity {
    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Column(name = "LONGEST", nullable = false)
    private long longest;

    @Column(name = "FORMER_LONGEST", nullable = false)
    private long formerLongest;

    @Column(name = "FORMER_UNTIL", nullable = false)
    private long formerUntil;

    /** For Hibernate. */
    protected LifetimeEntity() {}

    LifetimeEntity(String realmId, TokenLifetimes lifetimes) {
        this.realmId = realmId;
        set(lifetimes);
    }

    String realmId() {
        return realmId;
    }

    TokenLifetimes lifetimes() {
        return new TokenLifetimes(
                Duration.ofMillis(longest), Duration.ofMillis(formerLongest), Instant.ofEpochMilli(formerUntil));
    }

    final void set(TokenLifetimes lifetimes) {
        longest = lifetimes.longest().toMillis();
        formerLongest = lifetimes.formerLongest().toMillis();
        formerUntil = lifetimes.formerUntil().toEpochMilli();
    }
}
