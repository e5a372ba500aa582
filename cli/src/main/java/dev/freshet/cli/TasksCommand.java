package dev.freshet.cli;

import picocli.CommandLine.Command;

@Command(
        header = "Release, pause or resume a task.",
        description = "Release, pause or resume a task. 'freshet get tasks' shows who holds what.",
        footer = {
            "",
            "Examples:",
            "  freshet tasks release ingest:orders --force",
            "  freshet tasks pause ingest:orders",
            "  freshet tasks resume ingest:orders"
        })
final class TasksCommand extends CommandGroup {}
