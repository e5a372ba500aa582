package dev.freshet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.control.ControlTable;
import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.query.QueryLimits;
import dev.freshet.rollup.BackfillPlan;
import dev.freshet.rollup.Rollup;
import dev.freshet.rollup.RollupCheck;
import dev.freshet.rollup.RollupKind;
import dev.freshet.schedule.Listing;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import dev.freshet.schedule.Runner;
import dev.freshet.schedule.Schedule;
import dev.freshet.schedule.Schedules;
import dev.freshet.store.Store;
import dev.freshet.table.DeltaTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The rollups of a lake: how they stand, and work on them in the foreground, each under the rollup's own lease. An
/// unknown name is an `UNKNOWN_ID`. Safe for use by many threads; holds nothing that needs closing.
public final class Rollups {
    private static final String PREFIX = "rollup:";

    private final Store store;
    private final Host host;
    private final QueryLimits limits;
    private final RollupKind kind;
    private final Schedules schedules;
    private final ControlTable control;
    private final Function<RunListener, Runner> foreground;

    Rollups(
            Store store,
            Host host,
            QueryLimits limits,
            Schedules schedules,
            ControlTable control,
            Function<RunListener, Runner> foreground) {
        this.store = store;
        this.host = host;
        this.limits = limits;
        this.kind = new RollupKind(limits);
        this.schedules = schedules;
        this.control = control;
        this.foreground = foreground;
    }

    /// All rollups, by name.
    public RollupList list() {
        Listing defined = schedules.rollups();
        List<RollupView> views = new ArrayList<>();
        List<String> warnings = new ArrayList<>(defined.warnings());
        if (defined.schedules().isEmpty()) return new RollupList(views, warnings);
        Map<String, TaskRow> rows = new HashMap<>();
        control.rows().forEach(row -> rows.put(row.task(), row));
        for (Schedule schedule : defined.schedules()) {
            try {
                views.add(view(schedule, Optional.ofNullable(rows.get(schedule.id()))));
            } catch (FreshetException e) {
                warnings.add(Schedules.text(schedule.id()) + " is not shown: " + e.getMessage());
            }
        }
        return new RollupList(views, warnings);
    }

    private RollupView view(Schedule schedule, Optional<TaskRow> row) {
        return new RollupView(schedule, rollup(schedule).status(), facts(schedule), row);
    }

    private Rollup rollup(Schedule schedule) {
        return Rollup.of(store, host, limits, schedule.kind());
    }

    private String facts(Schedule schedule) {
        return kind.follows(schedule.kind()).orElseThrow();
    }

    /// Rolls up what changed in the facts since the last time.
    ///
    /// @param wait whether to wait for another process that works on the rollup; a `LEASE_HELD` if not
    public RunRecord tick(String name, boolean wait, RunListener listener) throws InterruptedException {
        Schedule schedule = named(name);
        return once(schedule, order(schedule, "tick"), wait, listener);
    }

    /// Computes the history again, or goes on with a backfill that was stopped.
    ///
    /// @param wait whether to wait for another process that works on the rollup; a `LEASE_HELD` if not
    public RunRecord backfill(String name, Backfill how, boolean wait, RunListener listener)
            throws InterruptedException {
        Schedule schedule = named(name);
        ObjectNode order = order(schedule, "backfill").put("force_partial", how.forcePartial());
        how.monthsBack().ifPresent(months -> order.put("months_back", months));
        if (how.pause().compareTo(schedule.stallLimit()) >= 0) {
            throw new FreshetException(
                    ErrorCode.BAD_USAGE,
                    "rollup '%s': a pause of %d s would be taken for a stall; stall_limit_secs is %d"
                            .formatted(
                                    name,
                                    how.pause().toSeconds(),
                                    schedule.stallLimit().toSeconds()));
        }
        if (how.pause().isPositive()) order.put("pause_secs", how.pause().toSeconds());
        kind.validate(order);
        return once(schedule, order, wait, listener);
    }

    private static ObjectNode order(Schedule schedule, String operation) {
        ObjectNode order = schedule.kind().deepCopy();
        return order.put("op", operation).put("definition_version", schedule.version());
    }

    private RunRecord once(Schedule schedule, JsonNode order, boolean wait, RunListener listener)
            throws InterruptedException {
        try (Runner runner = foreground.apply(listener)) {
            return runner.once(kind, order, schedule, wait);
        }
    }

    /// What a backfill would do now; changes nothing.
    public BackfillPlan plan(String name, Backfill how) {
        return rollup(named(name)).plan(how.monthsBack(), how.forcePartial());
    }

    /// Computes the rollup from all its facts and compares; changes nothing.
    public RollupCheck verify(String name) {
        return rollup(named(name)).verify();
    }

    /// Why a definition that was accepted may not do what its author expects, if there is anything.
    Optional<String> doubt(Schedule schedule) {
        if (!schedule.id().startsWith(PREFIX)) return Optional.empty();
        return new DeltaTable(store, facts(schedule), host).latest().isEmpty()
                ? Optional.of(Schedules.text(schedule.id()) + ": there is no table " + facts(schedule)
                        + " yet; the rollup waits for it")
                : rollup(schedule).misfit();
    }

    private Schedule named(String name) {
        return schedules.get(name.startsWith(PREFIX) ? name : PREFIX + name);
    }
}
