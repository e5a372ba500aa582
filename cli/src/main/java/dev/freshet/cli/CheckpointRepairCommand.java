package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.Shapes;
import dev.freshet.checkpoint.Repaired;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "repair",
        header = "Make the lost or damaged catalog of a task's checkpoints again.",
        description = {
            "Make the lost or damaged catalog of a task's checkpoints again from those that are whole; nothing is",
            "deleted. A catalog that is whole is left as it is. Waits until no run of the task is going."
        },
        footer = {"", "Example:", "  freshet checkpoint repair ingest:orders"})
final class CheckpointRepairCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "OWNER", description = "The task's name.")
    String owner = "";

    @Option(names = "--no-wait", description = "Exit with 4 when another process works on the task.")
    boolean noWait;

    CheckpointRepairCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Freshet freshet = session.openToWork()) {
            Repaired repaired = freshet.checkpoints(owner).repair(!noWait, session.progress());
            repaired.leftOut().forEach(what -> session.log().warn("left out: " + what));
            session.log()
                    .say(
                            repaired.needed()
                                    ? "the catalog of " + owner + " is made again"
                                    : "the catalog of " + owner + " is whole, and left as it is");
            session.print(Listings.checkpoints(
                    repaired.listed().stream().map(Shapes::checkpoint).toList()));
        }
        return ExitCode.OK;
    }
}
