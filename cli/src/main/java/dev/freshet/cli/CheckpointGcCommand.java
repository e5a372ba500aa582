package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.Shapes;
import dev.freshet.TaskCheckpoints;
import dev.freshet.checkpoint.Collected;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "gc",
        header = "Remove all but the newest checkpoints of a task.",
        description = {
            "Remove all but the newest checkpoints of a task (setting checkpoint.keep), and what a dead process left.",
            "Prints those that were removed. Waits until no run of the task is going."
        },
        footer = {"", "Example:", "  freshet checkpoint gc ingest:orders"})
final class CheckpointGcCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "OWNER", description = "The task's name.")
    String owner = "";

    @Option(names = "--all", description = "Remove every one: the task's next run begins anew.")
    boolean all;

    @Option(names = "--no-wait", description = "Exit with 4 when another process works on the task.")
    boolean noWait;

    CheckpointGcCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Freshet freshet = session.openToWork()) {
            TaskCheckpoints checkpoints = freshet.checkpoints(owner);
            Collected collected =
                    all ? checkpoints.clear(!noWait, session.progress()) : checkpoints.gc(!noWait, session.progress());
            collected.warnings().forEach(session.log()::warn);
            session.log()
                    .say(owner + ": " + collected.files() + " files, " + Sizes.text(collected.bytes()) + " removed");
            session.print(Listings.checkpoints(
                    collected.removed().stream().map(Shapes::checkpoint).toList()));
            return collected.warnings().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
