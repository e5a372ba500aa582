package dev.freshet.cli;

import dev.freshet.Freshet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tick",
        header = "Roll up what changed since the last time, now.",
        description = "Roll up what changed in the facts since the last time, now and in this process.",
        footer = {"", "Example:", "  freshet rollup tick usage_hourly"})
final class RollupTickCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The rollup's name.")
    String name = "";

    @Option(
            names = "--no-wait",
            description = "Where another process works on the rollup, exit with code 4 instead of waiting.")
    boolean noWait;

    RollupTickCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Freshet freshet = session.openToWork()) {
            return new RunReport(session).print(freshet.rollups().tick(name, !noWait, session.progress()));
        }
    }
}
