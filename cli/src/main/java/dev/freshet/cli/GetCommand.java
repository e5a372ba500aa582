package dev.freshet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.Freshet;
import dev.freshet.RollupList;
import dev.freshet.ScheduleList;
import dev.freshet.Shapes;
import dev.freshet.TaskView;
import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.RunRecord;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        header = "Show schedules, datasets, rollups, tasks or runs.",
        description = "Show schedules, datasets, rollups, tasks or runs, all or one.",
        footer = {
            "",
            "Examples:",
            "  freshet get datasets                       # and what is made from them, fresh or stale",
            "  freshet get rollups",
            "  freshet get tasks                          # who holds what, and since when",
            "  freshet get tasks ingest:orders            # everything about one",
            "  freshet get tasks --as-of 2026-01-31T12:00:00Z",
            "  freshet get schedules orders --history -o yaml",
            "  freshet get runs orders --limit 5 -o json"
        })
final class GetCommand implements Callable<Integer> {
    /// What there is to show.
    enum What {
        SCHEDULES,
        DATASETS,
        ROLLUPS,
        TASKS,
        RUNS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Session session;

    @Parameters(index = "0", paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
    What what = What.DATASETS;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ID",
            description = "A schedule's id, or the name of a dataset, a rollup or a task.")
    @Nullable
    String id;

    @Option(names = "--history", description = "Of a schedule: every version of its definition, newest first.")
    boolean history;

    @Option(names = "--objects", description = "Of datasets: also the data files, with -o json or yaml.")
    boolean objects;

    @Option(names = "--limit", paramLabel = "N", description = "Of runs: only the newest N.")
    int limit = Integer.MAX_VALUE;

    @Option(
            names = "--as-of",
            paramLabel = "TIME|VERSION",
            converter = AsOf.Converter.class,
            description = "Of tasks: as they were then, as far as the control table's history is kept.")
    @Nullable
    AsOf asOf;

    GetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (history && (id == null || what != What.SCHEDULES)) {
            throw new FreshetException(
                    ErrorCode.BAD_USAGE, "--history needs a schedule: freshet get schedules ID --history");
        }
        if (asOf != null && what != What.TASKS) {
            throw new FreshetException(ErrorCode.BAD_USAGE, "--as-of is for tasks: freshet get tasks --as-of VERSION");
        }
        try (Freshet freshet = session.open()) {
            session.print(
                    switch (what) {
                        case SCHEDULES -> schedules(freshet);
                        case DATASETS -> datasets(freshet);
                        case ROLLUPS -> rollups(freshet);
                        case TASKS -> tasks(freshet);
                        case RUNS -> runs(freshet);
                    });
        }
        return ExitCode.OK;
    }

    private Listing schedules(Freshet freshet) {
        if (history && id != null)
            return Listings.history(freshet.history(id).reversed().stream()
                    .map(Shapes::revision)
                    .toList());
        ScheduleList known = freshet.schedules();
        known.warnings().forEach(session.log()::warn);
        return Listings.schedules(chosen(known.schedules(), "id", "schedule '%s' not registered"));
    }

    private Listing datasets(Freshet freshet) {
        RollupList rollups = freshet.rollups().list();
        rollups.warnings().forEach(session.log()::warn);
        List<ObjectNode> all = freshet.datasets(objects).stream()
                .map(dataset -> Shapes.dataset(dataset, rollups.madeFrom("datasets/" + dataset.name())))
                .toList();
        return Listings.datasets(chosen(all, "name", "there is no dataset '%s' in the lake"));
    }

    private Listing rollups(Freshet freshet) {
        RollupList known = freshet.rollups().list();
        known.warnings().forEach(session.log()::warn);
        List<ObjectNode> all = known.rollups().stream().map(Shapes::rollup).toList();
        return Listings.rollups(chosen(all, "name", "rollup '%s' not registered"));
    }

    private Listing tasks(Freshet freshet) {
        List<ObjectNode> chosen = views(freshet).stream()
                .filter(view -> isNamed(view.row().task()))
                .map(Shapes::task)
                .toList();
        if (id != null && chosen.isEmpty()) {
            throw new FreshetException(
                    ErrorCode.UNKNOWN_ID, "there is no task '" + id + "'; a task is named like ingest:orders");
        }
        boolean detail = id != null && chosen.size() == 1 && !session.forPrograms();
        return detail ? Listings.task(chosen.getFirst()) : Listings.tasks(chosen);
    }

    private List<TaskView> views(Freshet freshet) {
        return switch (asOf) {
            case AsOf.Version(var number) -> past(freshet.tasks(number));
            case AsOf.Time(var instant) -> past(freshet.tasks(instant));
            case null -> freshet.taskViews();
        };
    }

    private static List<TaskView> past(List<TaskRow> rows) {
        return rows.stream().map(TaskView::past).toList();
    }

    private Listing runs(Freshet freshet) {
        Stream<RunRecord> runs = freshet.runs().stream().filter(this::wanted).limit(limit);
        return Listings.runs(runs.map(Shapes::run).toList());
    }

    private boolean wanted(RunRecord run) {
        return isNamed(run.task()) || String.valueOf(id).equals(run.schedule());
    }

    /// By its own name or its dataset's.
    private boolean isNamed(String task) {
        return id == null || task.equals(id) || task.endsWith(":" + id);
    }

    private List<ObjectNode> chosen(List<ObjectNode> all, String key, String otherwise) {
        if (id == null) return all;
        List<ObjectNode> one =
                all.stream().filter(row -> id.equals(row.path(key).asText())).toList();
        if (one.isEmpty()) throw new FreshetException(ErrorCode.UNKNOWN_ID, String.format(Locale.ROOT, otherwise, id));
        return one;
    }
}
