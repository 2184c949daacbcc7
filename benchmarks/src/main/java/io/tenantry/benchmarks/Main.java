package io.tenantry.benchmarks;

import io.tenantry.stack.StackException;
import picocli.CommandLine;

/** {@code java -jar benchmarks/target/tenantry-benchmarks.jar}. */
public final class Main {
    private Main() {}

    /** Runs and exits with 0 if every target was met, 1 if one was missed or nothing could be measured. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchmarksCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::report)
                .execute(args));
    }

    /** What is meant for people goes out as its message alone; anything else is a defect and shows its trace. */
    private static int report(Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof StackException || failure instanceof BenchmarkException) {
            commandLine.getErr().println(failure.getMessage());
            return commandLine.getCommandSpec().exitCodeOnExecutionException();
        }
        throw failure;
    }
}
