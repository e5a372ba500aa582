package dev.freshet.cli;

import dev.freshet.host.Host;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/// The entry of the `freshet` command: one command per process, its exit code tells how it went ([ExitCode]).
public final class Main {
    private final AtomicBoolean through = new AtomicBoolean();
    private final Console console = new Console(
            System.in, System.out, System.err, System.getenv(), Path.of("").toAbsolutePath(), Console.isTerminal());

    private Main() {}

    /// Runs the command line and ends the process with its exit code.
    public static void main(String[] arguments) {
        Runtime.getRuntime().exit(new Main().execute(arguments));
    }

    private int execute(String... arguments) {
        int exit = new CommandLineRun(new Surroundings(console, Host.system(), this::whenStopped)).execute(arguments);
        console.flush();
        through.set(true);
        return exit;
    }

    /// On SIGTERM and Ctrl-C. The exit code is the command's choice: by itself the Java runtime would answer 143, as if
    /// nothing had been put in order.
    private void whenStopped(int exitCode, Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (through.get()) return;
            stop.run();
            console.flush();
            Runtime.getRuntime().halt(exitCode);
        }));
    }
}
