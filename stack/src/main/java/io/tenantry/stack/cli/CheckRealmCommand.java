package io.tenantry.stack.cli;

import io.tenantry.stack.EnvPlaceholders;
import io.tenantry.stack.Progress;
import io.tenantry.stack.ServerClassPath;
import io.tenantry.stack.StackException;
import io.tenantry.stack.StackHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Checks realm files, in a program of its own that has the server's class path: this one's libraries are others, and
 * the server's providers and parsers are what must judge.
 */
@Command(
        name = "check-realm",
        description = "Says what is wrong in realm files, before a server imports them. The server's providers and"
                + " parsers judge: the stock one's, or those of the server in the folder that KC_HOME names.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:nothing is wrong", "1:something is wrong", "2:a file could not be examined"})
final class CheckRealmCommand implements Callable<Integer> {
    private static final String PROGRAM = "io.tenantry.realmfile.CheckRealmFiles";

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "a realm file, as for kc.sh import")
    private List<String> files = List.of();

    @Option(
            names = "--with-secrets",
            description = "the files are backups that may hold secrets, as an export with users does")
    private boolean withSecrets;

    @Option(
            names = "--filled",
            description =
                    "if nothing is wrong, print the file with its placeholders filled from the environment, for the"
                            + " admin API, which does not fill them; what is wrong goes to the standard error")
    private boolean filled;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        try {
            return filled
                    ? checkAndFill()
                    : new ProcessBuilder(command()).inheritIO().start().waitFor();
        } catch (StackException | IOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        }
    }

    private int checkAndFill() throws IOException, InterruptedException {
        if (files.size() != 1) {
            throw new StackException("--filled is for one file");
        }
        Process check = new ProcessBuilder(command()).redirectErrorStream(true).start();
        check.getOutputStream().close();
        // The standard output is the realm's alone
        check.getInputStream().transferTo(System.err);
        int status = check.waitFor();
        if (status == 0) {
            String text = Files.readString(Path.of(files.get(0)));
            System.out.write(EnvPlaceholders.filled(text, System.getenv()).getBytes(StandardCharsets.UTF_8));
            System.out.flush();
        }
        return status;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.add("-cp");
        command.add(ServerClassPath.of(StackHome.find(), System.getenv(), Progress.quiet()));
        command.add(PROGRAM);
        if (withSecrets) {
            command.add("--with-secrets");
        }
        command.addAll(files);
        return command;
    }
}
