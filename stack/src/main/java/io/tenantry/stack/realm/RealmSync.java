package io.tenantry.stack.realm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tenantry.stack.StackException;
import io.tenantry.stack.admin.AdminClient;
import io.tenantry.stack.admin.Caller;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A realm file and the realm of that name on a running server. */
public final class RealmSync {
    private final ObjectNode file;
    private final AdminClient admin;

    private RealmSync(ObjectNode file, AdminClient admin) {
        this.file = file;
        this.admin = admin;
    }

    /**
     * Reads the file.
     *
     * @param environment for its placeholders, and for who asks: {@code APPLY_CLIENT_ID} and so on
     * @throws StackException if it cannot be read
     */
    public static RealmSync of(Path path, URI server, Map<String, String> environment) {
        ObjectNode file = RealmFile.read(path, environment);
        String realm = file.path("realm").asText();
        return new RealmSync(
                file,
                new AdminClient(
                        server,
                        realm,
                        Caller.of("APPLY", realm, environment, "the role realm-admin of the client realm-management")));
    }

    /** Where the server is not what the file says. */
    public List<Difference> differences() {
        return RealmDiff.between("$", "", file, new LiveRealm(admin).read());
    }

    /**
     * Gives the server what it lacks. Removes nothing, and touches no user or membership that is there.
     *
     * @return where the server is still not what the file says, read anew
     */
    public List<Difference> apply() {
        new RealmWriter(admin, file, new LiveRealm(admin).read()).write();
        return differences();
    }
}
