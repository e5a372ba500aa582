package dev.freshet.cli;

import dev.freshet.host.Host;
import java.nio.file.Path;

/// The entry of the `freshet` command: one command per process, its exit code tells how it went ([ExitCode]).
public final class Main {
    private Main() {}

    /// Runs the command line and ends the process with its exit code.
    public static void main(String[] arguments) {
        Path folder = Path.of("").toAbsolutePath();
        Console console = new Console(System.out, System.err, System.getenv(), folder, Console.isTerminal());
        Surroundings surroundings = new Surroundings(console, Host.system(), stop -> onSignal(stop, console));
        int exit = new CommandLineRun(surroundings).execute(arguments);
        console.flush();
        Runtime.getRuntime().exit(exit);
    }

    /// On SIGTERM and Ctrl-C, ends the work and makes the exit code 0: by itself the Java runtime would answer 143, as
    /// if nothing had been put in order.
    private static void onSignal(Runnable stop, Console console) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.run();
            console.flush();
            Runtime.getRuntime().halt(ExitCode.OK);
        }));
    }
}
