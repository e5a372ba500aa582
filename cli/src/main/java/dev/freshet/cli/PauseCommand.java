package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.control.TaskRow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "pause",
        header = "Start no new run of a task until it is resumed.",
        description = {
            "Start no new run of a task until it is resumed: its schedule is disabled, as 'freshet disable' does.",
            "A run that is going goes on. Due times that had come and wait are recorded as skipped; while the",
            "task is paused there are none. 'freshet run' still runs it."
        },
        footer = {"", "Example:", "  freshet tasks pause ingest:orders"})
final class PauseCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The task's name; its dataset's will do.")
    String name = "";

    PauseCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Freshet freshet = session.open()) {
            TaskRow task = freshet.task(name);
            boolean changed = freshet.setPaused(task, true);
            String running = task.isProcessing() ? "; the run on pod " + task.podId() + " goes on" : "";
            session.log()
                    .say(task.task() + (changed ? " paused" : " was paused already") + ": schedule '"
                            + task.scheduleId() + "' is disabled" + running);
        }
        return ExitCode.OK;
    }
}
