package io.tenantry.stack.cli;

import io.tenantry.stack.StackException;
import io.tenantry.stack.StackHome;
import io.tenantry.stack.demo.StepFailedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code java -jar stack/target/tenantry-stack-launcher.jar}. */
@Command(
        name = "tenantry-stack",
        description =
                "Starts stock Keycloak with Tenantry, and a Redis, on this machine, or examines a realm or its file.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            DoctorCommand.class,
            CheckRealmCommand.class,
            ApplyRealmCommand.class
        })
public final class Main {
    private Main() {}

    /** Runs and exits with 0 if all went well, 1 if not, 2 for a wrong command line. */
    public static void main(String[] args) {
        CommandLine commandLine = new CommandLine(new Main()).setExecutionExceptionHandler(Main::report);
        System.exit(commandLine.execute(args));
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Keycloak " + StackHome.find().keycloakVersion()};
        }
    }

    /** What is meant for people goes out as its message alone; anything else is a defect and shows its trace. */
    private static int report(Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof StackException || failure instanceof StepFailedException) {
            commandLine.getErr().println(failure.getMessage());
            return commandLine.getCommandSpec().exitCodeOnExecutionException();
        }
        throw failure;
    }
}
