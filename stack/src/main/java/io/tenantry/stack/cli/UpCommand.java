package io.tenantry.stack.cli;

import io.tenantry.stack.Progress;
import java.io.PrintStream;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts everything and stays. */
@Command(name = "up", description = "Starts everything and stays until Ctrl-C.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Mixin
    private StackOptions options = new StackOptions();

    @Override
    public Integer call() throws InterruptedException {
        PrintStream out = System.out;
        Progress progress = Progress.to(out, Clock.systemUTC());
        try (RunningStack running = RunningStack.start(options.settings(progress))) {
            running.printAddresses(out);
            RunningStack.await(out);
        }
        return 0;
    }
}
