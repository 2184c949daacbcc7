package io.tenantry.it.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.TestClient;
import io.tenantry.it.TestRealm;
import io.tenantry.it.TestServer;
import io.tenantry.it.TestUser;
import io.tenantry.it.WithServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The exit status that CI goes by. */
@WithServer
class DoctorCommandIT {
    @Test
    void aMisconfiguredRealmEndsWithOneAndSaysWhatToDo(TestRealm realm, TestServer server) {
        realm.update(Map.of("eventsListeners", List.of("jboss-logging")));

        DoctorCommand command = DoctorCommand.run(server, realm.name());

        assertThat(command.exitStatus()).as(command.output()).isEqualTo(1);
        assertThat(command.output()).contains("ERROR revocation-listener-off", "redis-revocations", "errors");
    }

    @Test
    void aClientOfTheRealmMayAskWithTheRolesForIt(TestRealm realm, TestServer server) {
        TestClient ci = realm.confidentialClient("ci");
        Map<String, String> environment =
                Map.of("DOCTOR_CLIENT_ID", ci.clientId(), "DOCTOR_CLIENT_SECRET", ci.secret());

        DoctorCommand forbidden = DoctorCommand.run(server, environment, realm.name());
        assertThat(forbidden.exitStatus()).as(forbidden.output()).isEqualTo(2);
        assertThat(forbidden.output()).contains("403", "view-identity-providers");

        new TestUser(realm, ci.serviceAccountId(), "service-account-ci")
                .manages(List.of("view-realm", "view-clients", "view-identity-providers"));
        DoctorCommand allowed = DoctorCommand.run(server, environment, realm.name());
        assertThat(allowed.exitStatus()).as(allowed.output()).isLessThan(2);
        assertThat(allowed.output()).contains(" errors, ");
    }

    @Test
    void whateverKeepsItFromLookingEndsWithTwo(TestRealm realm, TestServer server) {
        DoctorCommand nobody = DoctorCommand.run(server, Map.of(), realm.name());
        assertThat(nobody.exitStatus()).isEqualTo(2);
        assertThat(nobody.output()).contains("DOCTOR_CLIENT_ID", "DOCTOR_USERNAME");

        DoctorCommand noRealm = DoctorCommand.run(server, "no-such-realm");
        assertThat(noRealm.exitStatus()).isEqualTo(2);
        assertThat(noRealm.output()).contains("404");

        DoctorCommand wrong =
                DoctorCommand.run(server, Map.of("DOCTOR_USERNAME", "admin", "DOCTOR_PASSWORD", "no"), realm.name());
        assertThat(wrong.exitStatus()).isEqualTo(2);
        assertThat(wrong.output()).contains("sign in", "credentials");
    }
}
