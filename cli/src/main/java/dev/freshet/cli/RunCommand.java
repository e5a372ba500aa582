package dev.freshet.cli;

import dev.freshet.Freshet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        header = "Run a schedule now and wait for it.",
        description = {
            "Run a schedule now, due or not, enabled or not, and wait for it. If another process takes the request,",
            "this follows that run; the exit code is the run's either way."
        },
        footer = {"", "Example:", "  freshet run orders"})
final class RunCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "The schedule's id.")
    String id = "";

    @Option(
            names = "--no-wait",
            description = "Where another process holds the lease, exit with code 4 instead of waiting.")
    boolean noWait;

    RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Freshet freshet = session.openToWork()) {
            return new RunReport(session).print(freshet.run(id, !noWait, session.progress()));
        }
    }
}
