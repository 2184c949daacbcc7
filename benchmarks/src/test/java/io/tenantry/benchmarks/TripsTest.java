package io.tenantry.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TripsTest {
    private static final String USERS = "select u1_0.ID from USER_ENTITY u1_0 where u1_0.ID=$1";
    private static final String OUTBOX = "select * from TENANTRY_REVOCATION for update skip locked";

    @Test
    void onlyWhatWasExecutedMeanwhileCounts() {
        assertThat(Trips.between(Map.of(USERS, 3L, OUTBOX, 7L), Map.of(USERS, 5L, OUTBOX, 7L, Statements.END, 1L)))
                .isEqualTo(Map.of(USERS, 2L, Statements.END, 1L));
    }

    @Test
    void whatHappensInASingleRequestMovesNeitherTheMedianNorTheList() {
        Trips trips = new Trips(List.of(
                Map.of(USERS, 1L, Statements.END, 1L),
                Map.of(USERS, 1L, Statements.END, 2L, OUTBOX, 1L),
                Map.of(USERS, 1L, Statements.END, 1L)));

        assertThat(trips.count().median()).isEqualTo(2);
        assertThat(trips.usual()).isEqualTo("1 × end of transaction, 1 × select user_entity");
    }

    @Test
    void requestThatAsksNothingHasNoTrips() {
        Trips trips = new Trips(List.of(Map.of(), Map.of()));

        assertThat(trips.count().median()).isZero();
        assertThat(trips.usual()).isEqualTo("none");
    }

    @Test
    void statementIsNamedByWhatItDoesAndToWhichTables() {
        assertThat(Trips.label("insert into OFFLINE_USER_SESSION (ID) values ($1)"))
                .isEqualTo("insert offline_user_session");
        assertThat(Trips.label("update USER_ENTITY set EMAIL=$1 where ID=$2")).isEqualTo("update user_entity");
        assertThat(Trips.label("select o.ID from ORG o,KEYCLOAK_GROUP g where o.ALIAS=$1 order by o.NAME"))
                .isEqualTo("select org + keycloak_group");
        assertThat(Trips.label("select o.ID from ORG o join ORG_DOMAIN d on o.ID=d.ORG_ID"))
                .isEqualTo("select org + org_domain");
        assertThat(Trips.label(Statements.END)).isEqualTo(Statements.END);
        assertThat(Trips.label("show server_version")).isEqualTo("show");
    }
}
