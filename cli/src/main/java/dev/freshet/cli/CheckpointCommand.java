package dev.freshet.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "checkpoint",
        header = "Look after what tasks keep to go on from.",
        description = "List, verify, repair or collect the checkpoints of a task: what it keeps to go on from.",
        footer = {
            "",
            "Examples:",
            "  freshet checkpoint list ingest:orders",
            "  freshet checkpoint verify ingest:orders",
            "  freshet checkpoint repair ingest:orders",
            "  freshet checkpoint gc ingest:orders"
        })
final class CheckpointCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
