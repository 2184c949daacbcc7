package io.tenantry.stack.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.stack.StackException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallerTest {
    @Test
    void aClientAsksInItsOwnRealm() {
        Caller caller = doctor(Map.of("DOCTOR_CLIENT_ID", "ci", "DOCTOR_CLIENT_SECRET", "hidden"));

        assertThat(caller.realm()).isEqualTo("lending");
        assertThat(caller.grant())
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_id", "ci")
                .containsEntry("client_secret", "hidden");
        assertThat(caller).asString().doesNotContain("hidden");
    }

    @Test
    void anAdministratorSignsInAtTheMasterRealm() {
        Caller caller = doctor(Map.of("DOCTOR_USERNAME", "admin", "DOCTOR_PASSWORD", "hidden"));

        assertThat(caller.realm()).isEqualTo("master");
        assertThat(caller.grant()).containsEntry("client_id", "admin-cli").containsEntry("username", "admin");
    }

    @Test
    void nobodyIsToldWhatToSet() {
        assertThatThrownBy(() -> doctor(Map.of()))
                .isInstanceOf(StackException.class)
                .hasMessageContainingAll("DOCTOR_CLIENT_ID", "DOCTOR_USERNAME", "view-realm");
        assertThatThrownBy(() -> doctor(Map.of("DOCTOR_CLIENT_ID", "ci"))).hasMessageContaining("DOCTOR_CLIENT_SECRET");
    }

    private static Caller doctor(Map<String, String> environment) {
        return Caller.of("DOCTOR", "lending", environment, "view-realm");
    }
}
