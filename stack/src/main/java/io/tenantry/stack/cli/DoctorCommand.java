package io.tenantry.stack.cli;

import io.tenantry.stack.StackException;
import io.tenantry.stack.doctor.DoctorClient;
import io.tenantry.stack.doctor.Report;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a running server's doctor about a realm. */
@Command(
        name = "doctor",
        description = "Says what is misconfigured in a realm of a running server.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:nothing is wrong", "1:something is wrong", "2:the realm could not be examined"})
final class DoctorCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "URL", description = "the server, such as https://login.example")
    private URI url = URI.create("");

    @Parameters(index = "1", paramLabel = "REALM", description = "the realm")
    private String realm = "";

    @Option(names = "--strict", description = "warnings count as well as errors")
    private boolean strict;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Report report;
        try {
            report = new DoctorClient(url).examine(realm, System.getenv());
        } catch (StackException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        }
        report.print(System.out);
        return report.sound(strict) ? 0 : 1;
    }
}
