package io.tenantry.revocation.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Nationalized;
import org.jspecify.annotations.Nullable;

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

    /** When an operator wanted it published anew, in epoch milliseconds; null if nobody does. */
    @Column(name = "AGAIN_AT")
    private @Nullable Long againAt;

    /** Since when the realm has been without the listener, or gone; null if it has it. */
    @Column(name = "OFF_AT")
    private @Nullable Long offAt;

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

    boolean isWantedAgain() {
        return againAt != null;
    }

    boolean isOff() {
        return offAt != null;
    }

    /** A statement of its own: written with the entity, the name that was read would be written back. */
    static void wantAgain(EntityManager entities, String realm, Instant now) {
        entities.createQuery("update EpochEntity e set e.againAt = :now where e.realm = :realm")
                .setParameter("now", now.toEpochMilli())
                .setParameter("realm", realm)
                .executeUpdate();
    }

    /** The same. */
    static void switchOff(EntityManager entities, String realm, Instant now) {
        entities.createQuery("update EpochEntity e set e.offAt = :now where e.realm = :realm and e.offAt is null")
                .setParameter("now", now.toEpochMilli())
                .setParameter("realm", realm)
                .executeUpdate();
    }

    /** It is about to be published anew, whatever that was wanted for. */
    void rename(String newEpoch) {
        epoch = newEpoch;
        againAt = null;
        offAt = null;
    }
}
