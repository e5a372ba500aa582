package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.control.TaskRow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "resume",
        header = "Let a paused task run again when it is due.",
        description = "Let a paused task run again when it is due: its schedule is enabled, as 'freshet enable' does.",
        footer = {"", "Example:", "  freshet tasks resume ingest:orders"})
final class ResumeCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The task's name; its dataset's will do.")
    String name = "";

    ResumeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Freshet freshet = session.open()) {
            TaskRow task = freshet.task(name);
            boolean changed = freshet.setPaused(task, false);
            session.log()
                    .say(task.task() + (changed ? " resumed" : " was not paused") + ": schedule '" + task.scheduleId()
                            + "' is enabled");
        }
        return ExitCode.OK;
    }
}
