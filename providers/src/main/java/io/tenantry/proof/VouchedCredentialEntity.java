package io.tenantry.proof;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of the table of credentials that count for some tenants alone. */
@Entity
@Table(name = "TENANTRY_VOUCHED_CREDENTIAL")
public class VouchedCredentialEntity {
    @Id
    @Column(name = "ID", length = 255)
    private String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId = "";

    @Column(name = "USER_ID", length = 36, nullable = false)
    private String userId = "";

    @Column(name = "TYPE", length = 255, nullable = false)
    private String type = "";

    @Column(name = "TRUST", length = 4000, nullable = false)
    private String trust = "";

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    /** For Hibernate. */
    protected VouchedCredentialEntity() {}

    VouchedCredentialEntity(String id, String realmId, String userId, String type) {
        this.id = id;
        this.realmId = realmId;
        this.userId = userId;
        this.type = type;
    }

    void vouchedBy(String text, long at) {
        trust = text;
        createdAt = at;
    }

    VouchedCredential model() {
        return new VouchedCredential(id, type, Trust.parse(trust), createdAt);
    }
}
