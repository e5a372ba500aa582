package dev.freshet.cli;

import dev.freshet.Backfill;
import dev.freshet.Freshet;
import dev.freshet.Shapes;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backfill",
        header = "Compute a rollup's history again, month by month.",
        description = {
            "Compute a rollup's history again, month by month, as of one version of the facts. Where it is stopped or",
            "its process dies, the next backfill goes on; months that are done are not done again."
        },
        footer = {
            "",
            "Examples:",
            "  freshet rollup backfill usage_hourly --dry-run",
            "  freshet rollup backfill usage_hourly --months-back 3 --force-partial",
            "  freshet rollup backfill usage_hourly --pause 1s"
        })
final class RollupBackfillCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The rollup's name.")
    String name = "";

    @Option(names = "--dry-run", description = "Say which months would be computed, change nothing.")
    boolean dryRun;

    @Option(names = "--months-back", paramLabel = "N", description = "Only the last N months.")
    @Nullable
    Integer monthsBack;

    @Option(names = "--force-partial", description = "With --months-back: although that leaves older history out.")
    boolean forcePartial;

    @Option(
            names = "--pause",
            paramLabel = "TIME",
            converter = Span.class,
            description = "Rest so long after each month: 1s, 1m.")
    Duration pause = Duration.ZERO;

    @Option(
            names = "--no-wait",
            description = "Where another process works on the rollup, exit with code 4 instead of waiting.")
    boolean noWait;

    RollupBackfillCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Backfill how = new Backfill(
                monthsBack == null ? OptionalInt.empty() : OptionalInt.of(monthsBack), forcePartial, pause);
        if (dryRun) return plan(how);
        try (Freshet freshet = session.openToWork()) {
            return new RunReport(session).print(freshet.rollups().backfill(name, how, !noWait, session.progress()));
        }
    }

    private int plan(Backfill how) {
        try (Freshet freshet = session.open()) {
            session.print(Listings.slices(Shapes.slices(freshet.rollups().plan(name, how))));
        }
        return ExitCode.OK;
    }
}
