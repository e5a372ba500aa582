package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.Shapes;
import dev.freshet.TaskCheckpoints;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "list",
        header = "Show the checkpoints of a task, oldest first.",
        description = "Show the checkpoints of a task, oldest first, and the storage that all of them take.",
        footer = {"", "Example:", "  freshet checkpoint list ingest:orders"})
final class CheckpointListCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "OWNER", description = "The task's name.")
    String owner = "";

    CheckpointListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Freshet freshet = session.open()) {
            TaskCheckpoints checkpoints = freshet.checkpoints(owner);
            session.print(Listings.checkpoints(
                    checkpoints.list().stream().map(Shapes::checkpoint).toList()));
            session.log().say(owner + " keeps " + Sizes.text(checkpoints.storageInUse()));
        }
        return ExitCode.OK;
    }
}
