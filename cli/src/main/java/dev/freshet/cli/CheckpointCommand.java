package dev.freshet.cli;

import picocli.CommandLine.Command;

@Command(
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
final class CheckpointCommand extends CommandGroup {}
