package io.tenantry.stack.cli;

import io.tenantry.stack.StackException;
import io.tenantry.stack.realm.Difference;
import io.tenantry.stack.realm.RealmSync;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings the realm on a running server to what a file says, or says where it is not. */
@Command(
        name = "apply-realm",
        description = "Brings the realm on a running server to what its file says, and keeps users, members, sessions"
                + " and keys. Removes nothing: what only the server has is listed.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:the server has all that the file says; with --check also nothing more",
            "1:something differs",
            "2:the realm could not be compared"
        })
final class ApplyRealmCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "URL", description = "the server, such as https://login.example")
    private URI url = URI.create("");

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "the realm's file; its placeholders are filled from the environment")
    private Path file = Path.of("");

    @Option(names = "--check", description = "change nothing, only say what differs")
    private boolean check;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintStream out = System.out;
        try {
            RealmSync sync = RealmSync.of(file, url, System.getenv());
            List<Difference> before = sync.differences();
            before.forEach(out::println);
            if (check) {
                out.println(before.size() + " differences");
                return before.isEmpty() ? 0 : 1;
            }
            long wanted = before.stream().filter(ApplyRealmCommand::toApply).count();
            // Users are not compared, and a new one may be all that is new
            List<Difference> left =
                    sync.apply().stream().filter(ApplyRealmCommand::toApply).toList();
            left.forEach(difference -> out.println("! " + difference));
            out.println((wanted - left.size()) + " differences applied, " + left.size() + " could not be, "
                    + (before.size() - wanted) + " left that only the server has");
            return left.isEmpty() ? 0 : 1;
        } catch (StackException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        }
    }

    private static boolean toApply(Difference difference) {
        return difference.kind() != Difference.Kind.EXTRA;
    }
}
