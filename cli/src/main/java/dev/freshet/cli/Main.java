package dev.freshet.cli;

import dev.freshet.host.Host;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// The entry of the `freshet` command: one command per process, its exit code tells how it went ([ExitCode]).
public final class Main {
    /// Commands that copy from a database.
    private static final Set<String> COPYING = Set.of("ingest", "run");

    /// Threads that may begin between two looks.
    private static final int SPARE = 8;

    private final AtomicBoolean through = new AtomicBoolean();
    private final Host host = Host.system();
    private final Console console = new Console(
            System.in, System.out, System.err, System.getenv(), Path.of("").toAbsolutePath(), Console.isTerminal());

    private Main() {}

    /// Runs the command line and ends the process with its exit code.
    public static void main(String[] arguments) {
        Lookups.settle();
        Main main = new Main();
        if (arguments.length > 0 && COPYING.contains(arguments[0])) HeadStart.begin(main.host);
        int exit = main.execute(arguments);
        if (exit != 0 || othersRun()) Runtime.getRuntime().exit(exit);
        // Else to return is enough, and sooner done: to exit, the Java runtime looks through all jars for a logger.
    }

    /// Whether there are threads that the process would wait for.
    private static boolean othersRun() {
        Thread[] threads = new Thread[Thread.activeCount() + SPARE];
        int count = Thread.enumerate(threads);
        return Arrays.stream(threads, 0, count)
                .anyMatch(thread -> !thread.isDaemon() && !thread.equals(Thread.currentThread()));
    }

    private int execute(String... arguments) {
        int exit = new CommandLineRun(new Surroundings(console, host, this::whenStopped)).execute(arguments);
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
