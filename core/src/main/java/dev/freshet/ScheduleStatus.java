package dev.freshet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.control.ControlTable;
import dev.freshet.control.TaskRow;
import dev.freshet.ingest.Dsn;
import dev.freshet.schedule.Ledger;
import dev.freshet.schedule.Listing;
import dev.freshet.schedule.RunRecord;
import dev.freshet.schedule.Schedule;
import dev.freshet.schedule.Schedules;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts together what a schedule says and what became of it: the definition, its task's row, its last run.
final class ScheduleStatus {
    private static final int MILLIS = 3;

    private final Schedules schedules;
    private final ControlTable control;
    private final Ledger ledger;

    ScheduleStatus(Schedules schedules, ControlTable control, Ledger ledger) {
        this.schedules = schedules;
        this.control = control;
        this.ledger = ledger;
    }

    ScheduleList list() {
        Listing listing = schedules.list();
        if (listing.schedules().isEmpty()) return new ScheduleList(List.of(), listing.warnings());
        Map<String, TaskRow> rows = new HashMap<>();
        control.rows().forEach(row -> rows.put(row.task(), row));
        Map<String, RunRecord> runs = new HashMap<>();
        ledger.runs().stream().filter(run -> run.outcome().ran()).forEach(run -> runs.put(run.task(), run));
        List<ObjectNode> shown = new ArrayList<>();
        for (Schedule schedule : listing.schedules()) {
            if (schedule.isNamedAfterTask()) continue;
            String task = schedules.task(schedule);
            shown.add(shape(schedule, rows.get(task), runs.get(task)));
        }
        return new ScheduleList(shown, listing.warnings());
    }

    private ObjectNode shape(Schedule schedule, @Nullable TaskRow row, @Nullable RunRecord last) {
        ObjectNode shape = schedules.document(schedule.id()).deepCopy();
        hidePassword(shape);
        shape.put("version", schedule.version());
        if (row == null || !schedule.id().equals(row.scheduleId())) return shape;
        shape.put("next_run_at", text(schedule.enabled() ? row.readyAt() : null));
        shape.put("last_run_at", text(row.lastRunAt()));
        if (last != null) shape.set("last_outcome", outcome(shape, last));
        return shape.put("run_count", row.runCount()).put("failure_count", row.failureCount());
    }

    private static ObjectNode outcome(ObjectNode shape, RunRecord run) {
        boolean success = run.error() == null;
        long millis = Duration.between(run.startedAt(), run.finishedAt()).toMillis();
        return shape.objectNode()
                .put("at", text(run.finishedAt()))
                .put("success", success)
                .put("message", success ? message(run) : run.error())
                .put("rows", run.rows())
                .put("duration_secs", BigDecimal.valueOf(millis, MILLIS));
    }

    private static String message(RunRecord run) {
        String dataset = run.task().substring(run.task().indexOf(':') + 1);
        return run.rows() == null
                ? run.outcome().text()
                : "rows=" + run.rows() + " dataset=" + dataset + " bytes=" + run.bytes();
    }

    /// Only a lake that was told to allow it holds a literal password; nobody is shown it.
    private static void hidePassword(ObjectNode shape) {
        if (!(shape.get("kind") instanceof ObjectNode kind) || !kind.path("dsn").isTextual()) return;
        Dsn dsn = Dsn.parse(kind.path("dsn").textValue());
        if (dsn.literalPassword()) kind.put("dsn", dsn.redacted());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
