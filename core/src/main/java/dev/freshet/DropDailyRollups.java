package dev.freshet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.query.QueryLimits;
import dev.freshet.rollup.MigrationResult;
import dev.freshet.rollup.Rollup;
import dev.freshet.rollup.RollupKind;
import dev.freshet.rollup.RollupMigration;
import dev.freshet.schedule.OtherWork;
import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.RunContext;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import dev.freshet.schedule.Runner;
import dev.freshet.schedule.Schedule;
import dev.freshet.schedule.Schedules;
import dev.freshet.schedule.TaskResult;
import dev.freshet.store.Store;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.DeltaTable;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// Empties the daily rollup of task usage that older systems kept, once the hourly one holds all that it held: what is
/// missing there is rolled up first, and what cannot be keeps the daily one in place.
final class DropDailyRollups implements LakeMigration.Step {
    private static final String DAILY = "rollup:task_usage_daily";
    private static final String HOURLY = "rollup:task_usage_hourly";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Store store;
    private final Host host;
    private final QueryLimits limits;
    private final Schedules schedules;
    private final Function<RunListener, Runner> foreground;

    DropDailyRollups(
            Store store, Host host, QueryLimits limits, Schedules schedules, Function<RunListener, Runner> foreground) {
        this.store = store;
        this.host = host;
        this.limits = limits;
        this.schedules = schedules;
        this.foreground = foreground;
    }

    @Override
    public String apply(RunContext context) throws InterruptedException {
        RollupKind rollups = new RollupKind(limits);
        String folder = rollups.targetPath(DAILY);
        boolean isThere = new DeltaTable(store, folder, host)
                .latest()
                .filter(table -> !table.files().isEmpty())
                .isPresent();
        if (!isThere || isDefined(DAILY)) return "nothing to drop";
        if (!isDefined(HOURLY))
            throw refused("no rollup 'task_usage_hourly' is defined that would hold what they hold");
        Schedule hourly = schedules.get(HOURLY);
        try (Runner runner = foreground.apply(new Echo(context))) {
            MigrationResult rolledUp =
                    new RollupMigration(runner, rollups, store, host).run(hourly.kind(), Duration.ZERO, PATIENCE);
            if (rolledUp.failed()) throw refused(Objects.toString(rolledUp.error()));
            Rollup.of(store, host, limits, hourly.kind()).requireComplete();
            RunRecord drop = runner.once(
                    new OtherWork(rollups, DAILY, () -> DropDailyRollups::empty),
                    JsonNodeFactory.instance.objectNode(),
                    true);
            if (drop.outcome() != Outcome.SUCCEEDED) throw refused(Objects.toString(drop.error()));
            return "dropped " + folder + "; before that: "
                    + Objects.requireNonNullElse(rolledUp.skipped(), rolledUp.slices() + " slices were rolled up");
        }
    }

    /// The table stays, empty: versions before this one can be read as long as they are kept, and its numbers are never
    /// used again.
    private static TaskResult empty(RunContext context) {
        CommitOutcome outcome =
                context.commit(_ -> Change.of("DROP ROLLUP").removeAll(), context.startedFrom(), Map.of());
        return outcome instanceof CommitOutcome.Committed(var version, var _)
                ? TaskResult.succeeded(0, 0, version, "all rows removed")
                : TaskResult.unchanged("not removed: " + outcome);
    }

    private boolean isDefined(String id) {
        return schedules.rollups().schedules().stream()
                .anyMatch(schedule -> schedule.id().equals(id));
    }

    private static FreshetException refused(String why) {
        return new FreshetException(ErrorCode.NOT_ROLLED_UP, "refusing to drop legacy daily rollups: " + why);
    }

    /// Work for the migration is progress of the migration.
    private record Echo(RunContext context) implements RunListener {
        @Override
        public void progress(String runId, String task, long rows, long bytes) {
            context.progress(rows, bytes);
        }
    }
}
