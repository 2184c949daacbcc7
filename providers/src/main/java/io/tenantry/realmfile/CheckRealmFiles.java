package io.tenantry.realmfile;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command that checks realm files. Its class path is a server's: {@code java -cp
 * "$KC_HOME/providers/*:$KC_HOME/lib/lib/main/*:$KC_HOME/lib/lib/boot/*" io.tenantry.realmfile.CheckRealmFiles lending-realm.json}.
 */
public final class CheckRealmFiles {
    static final int GOOD = 0;
    static final int PROBLEMS = 1;
    static final int NOT_EXAMINED = 2;

    private static final String WITH_SECRETS = "--with-secrets";

    /** A realm with a hundred thousand users; more is a database, not a file to read at once. */
    private static final long LARGEST = 256L << 20;

    private final PrintStream out;
    private final PrintStream err;

    CheckRealmFiles(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs and exits with 0 if all files are good, 1 if one has a problem, 2 if one could not be examined. */
    public static void main(String[] arguments) {
        int status = NOT_EXAMINED;
        try {
            status = new CheckRealmFiles(System.out, System.err).run(List.of(arguments), System.getenv());
        } catch (RuntimeException | LinkageError e) {
            // The status of a mere exception would say that the files have problems
            System.err.println("The files could not be examined. Do the jars on the class path fit together? " + e);
        }
        System.exit(status);
    }

    int run(List<String> arguments, Map<String, String> environment) {
        List<String> files = new ArrayList<>(arguments);
        boolean secretsAllowed = files.remove(WITH_SECRETS);
        if (files.isEmpty() || files.stream().anyMatch(file -> file.startsWith("-"))) {
            err.println("Name realm files to check, with " + WITH_SECRETS
                    + " before them if they are backups that may hold secrets.");
            return NOT_EXAMINED;
        }
        RealmFileCheck check = new RealmFileCheck(environment, secretsAllowed);
        int status = GOOD;
        int found = 0;
        for (String file : files) {
            try {
                for (Problem problem : check.problems(text(Path.of(file)))) {
                    out.println(file + " " + problem.path());
                    out.println("    " + problem.what());
                    out.println("    " + problem.remedy());
                    status = Math.max(status, PROBLEMS);
                    found++;
                }
            } catch (UnreadableRealmFileException e) {
                err.println(file + " cannot be examined: " + e.getMessage());
                status = NOT_EXAMINED;
            }
        }
        out.println(files.size() + " files, " + found + " problems");
        return status;
    }

    private static String text(Path file) throws UnreadableRealmFileException {
        try {
            long size = Files.size(file);
            if (size > LARGEST) {
                throw new UnreadableRealmFileException(
                        "it has " + size + " bytes, more than the " + LARGEST + " that are read");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UnreadableRealmFileException("it cannot be read (" + e + ")");
        }
    }
}
