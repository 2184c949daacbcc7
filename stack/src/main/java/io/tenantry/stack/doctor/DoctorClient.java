package io.tenantry.stack.doctor;

import io.tenantry.stack.StackException;
import io.tenantry.stack.admin.AdminClient;
import io.tenantry.stack.admin.Caller;
import java.net.URI;
import java.util.Map;

/** Asks a server about a realm. */
public final class DoctorClient {
    private final URI server;

    /** Asks this server, given by the address under which its realms are. */
    public DoctorClient(URI server) {
        this.server = server;
    }

    /**
     * Signs in as the environment says, and asks.
     *
     * @throws StackException if that fails, with the reason
     */
    public Report examine(String realm, Map<String, String> environment) {
        Caller caller = Caller.of("DOCTOR", realm, environment, "view-realm, view-clients and view-identity-providers");
        return Report.of(new AdminClient(server, realm, caller).get("/tenantry/doctor"));
    }
}
