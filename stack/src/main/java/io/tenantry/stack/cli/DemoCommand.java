package io.tenantry.stack.cli;

import io.tenantry.stack.Progress;
import io.tenantry.stack.demo.Account;
import io.tenantry.stack.demo.Walk;
import java.io.PrintStream;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts everything and walks through the main job. */
@Command(
        name = "demo",
        description = "Starts everything, walks through the main job, and stays until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private StackOptions options = new StackOptions();

    @Option(
            names = "--once",
            description = "stop after the walk; the exit status is 0 if and only if every step showed what it must")
    private boolean once;

    @Override
    public Integer call() throws InterruptedException {
        Clock clock = Clock.systemUTC();
        PrintStream out = System.out;
        Progress progress = Progress.to(out, clock);
        try (RunningStack running = RunningStack.start(options.settings(progress))) {
            new Walk(running.stack(), out, clock).run();
            out.println();
            out.println("Every step showed what it must.");
            if (!once) {
                running.printAddresses(out);
                printPeople(running, out);
                RunningStack.await(out);
            }
        }
        return 0;
    }

    private static void printPeople(RunningStack running, PrintStream out) {
        String account = running.stack().keycloak().baseUri() + "/realms/lending/account/";
        out.println();
        out.println("Sign in as a user at " + account + ", password " + Account.commonPassword() + ":");
        out.println("  maya@brokers.example     northbank and harbor");
        out.println("  noah@northbank.example   northbank");
        out.println("  hana@harbor.example      harbor");
        out.println("  sana@summit.example      summit");
        out.println("  nils@nowhere.example     no lender");
    }
}
