package dev.freshet.cli;

import dev.freshet.cli.demo.PracticeTables;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Goes the ways of the commonest commands once, in a folder of its own, so that the JDK can write down which classes
/// they need and how they run. The script that starts Freshet makes the JDK's cache from that after each build.
public final class Training {
    private final Path folder;
    private final Host host = Host.system();

    private Training(Path folder) {
        this.folder = folder;
    }

    /// @param arguments a folder that nobody else uses; what is left there is for the caller to remove
    public static void main(String[] arguments) {
        Lookups.settle();
        Training training = new Training(Path.of(arguments[0]).toAbsolutePath());
        HeadStart.begin(training.host);
        try {
            training.copy();
        } catch (FreshetException | UncheckedIOException failure) {
            // A machine that the demo's database does not run on starts the other commands quickly.
            System.err.println("no copy to learn from: " + failure.getMessage());
        }
        training.look();
        Runtime.getRuntime().exit(0);
    }

    private void copy() {
        try (PracticeTables tables = PracticeTables.open(folder.resolve("practice"), host, System.err::println)) {
            // Twice, for mostly a command copies a table that is there already.
            ingest(tables, PracticeTables.FEW);
            ingest(tables, PracticeTables.FEW);
            for (String table : PracticeTables.MANY) ingest(tables, table, "--connections", "2");
        }
    }

    private void ingest(PracticeTables tables, String table, String... more) {
        List<String> command = new ArrayList<>(List.of("ingest", "--from", tables.dsn(), "--table", table));
        command.addAll(List.of(more));
        run(command.toArray(String[]::new));
    }

    private void look() {
        run("get", "datasets");
        run("get", "runs", "--output", "json");
        run("query", "select count(*) from freshet.runs");
    }

    private void run(String... command) {
        Console console = new Console(System.in, System.out, System.err, System.getenv(), folder, false);
        new CommandLineRun(new Surroundings(console, host, (_, _) -> {})).execute(command);
        console.flush();
    }
}
