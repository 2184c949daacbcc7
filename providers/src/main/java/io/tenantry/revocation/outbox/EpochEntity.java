package io.tenantry.revocation.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Nationalized;

/** The name of the data set that was last published whole for a realm: what all nodes expect to find. */
@Entity
@Table(name = "TENANTRY_EPOCH")
public class EpochEntity {
    @Id
    @Nationalized
    @Column(name = "REALM")
    private String realm = "";

    @Column(name = "EPOCH", length = 36, nullable = false)
    private String epoch = "";

    /** For Hibernate. */
    protected EpochEntity() {}

    EpochEntity(String realm, String epoch) {
        this.realm = realm;
        this.epoch = epoch;
    }

    String realm() {
        return realm;
    }

    String epoch() {
        return epoch;
    }

    void setEpoch(String newEpoch) {
        this.epoch = newEpoch;
    }
}
