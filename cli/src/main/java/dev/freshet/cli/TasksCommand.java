package dev.freshet.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "tasks",
        header = "Release, pause or resume a task.",
        description = "Release, pause or resume a task. 'freshet get tasks' shows who holds what.",
        footer = {
            "",
            "Examples:",
            "  freshet tasks release ingest:orders --force",
            "  freshet tasks pause ingest:orders",
            "  freshet tasks resume ingest:orders"
        })
final class TasksCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
