package io.tenantry.stack;

import java.net.URI;
import java.nio.file.Path;

/** A running Keycloak, or one that was stopped and can be started again on the same ports with the same data. */
public interface KeycloakServer extends AutoCloseable {
    /** Its address, without a slash at the end; realms are at {@code /realms/<name>} under it. */
    URI baseUri();

    /** Health and metrics, without a slash at the end. */
    URI managementUri();

    /** The bootstrap administrator of the realm {@code master}. */
    AdminAccount admin();

    /**
     * Starts it and returns when its health says ready.
     *
     * @throws StackException with the end of the log and the exit status, if it stops instead
     */
    void start();

    /** Asks it to end and waits until it has. */
    void stop();

    /** SIGKILL: no chance to finish anything. */
    void kill();

    /** Stops and starts. */
    default void restart() {
        stop();
        start();
    }

    /** Whether the process is there. */
    boolean running();

    /**
     * {@code kc.sh export} of all realms with their users, each in a file of its own, from the database while the server
     * runs or not.
     *
     * @param folder made if missing
     * @throws StackException if it fails, or where the server is no process with a database server
     */
    void export(Path folder);

    /** Everything it has logged so far, over all its starts. */
    String log();

    /** Stops it and gives up its data. */
    @Override
    void close();

    /** A name and a password of an administrator. */
    record AdminAccount(String username, String password) {
        @Override
        public String toString() {
            return "AdminAccount[username=" + username + "]";
        }
    }
}
