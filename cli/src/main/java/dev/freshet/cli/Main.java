package dev.freshet.cli;

/// The entry of the `freshet` command: one command per process, its exit code tells how it went ([ExitCode]).
public final class Main {
    private Main() {}

    /// Runs the command line and ends the process with its exit code.
    public static void main(String[] arguments) {
        Console console = Console.ofProcess();
        int exit = new CommandLineRun(console).execute(arguments);
        console.flush();
        Runtime.getRuntime().exit(exit);
    }
}
