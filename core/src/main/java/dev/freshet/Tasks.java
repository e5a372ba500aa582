package dev.freshet;

import dev.freshet.control.ControlTable;
import dev.freshet.control.Heartbeat;
import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.schedule.Schedule;
import dev.freshet.schedule.Schedules;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people see of tasks and may do with them.
final class Tasks {
    private final ControlTable control;
    private final Schedules schedules;
    private final Host host;

    Tasks(ControlTable control, Schedules schedules, Host host) {
        this.control = control;
        this.schedules = schedules;
        this.host = host;
    }

    List<TaskView> all() {
        List<TaskRow> rows = control.rows();
        Map<String, Heartbeat> heartbeats = control.heartbeats();
        Map<String, Boolean> enabled = new HashMap<>();
        schedules.list().schedules().forEach(schedule -> enabled.put(schedule.id(), schedule.enabled()));
        Instant now = host.now();
        return rows.stream()
                .map(row -> new TaskView(row, isPaused(row, enabled), heartbeat(row, heartbeats), now))
                .toList();
    }

    /// A running task's row follows its schedule only afterwards, so the schedule is asked.
    private static boolean isPaused(TaskRow row, Map<String, Boolean> enabled) {
        return row.scheduleId() != null && !enabled.getOrDefault(row.scheduleId(), row.enabled());
    }

    private static Optional<Heartbeat> heartbeat(TaskRow row, Map<String, Heartbeat> heartbeats) {
        return Optional.ofNullable(row.isProcessing() ? heartbeats.get(row.task()) : null);
    }

    /// The row of the task with that name, or of the only one for a dataset of that name.
    TaskRow named(String name) {
        List<TaskRow> rows = control.rows();
        for (TaskRow row : rows) if (row.task().equals(name)) return row;
        List<TaskRow> ofDataset =
                rows.stream().filter(row -> row.task().endsWith(":" + name)).toList();
        if (ofDataset.size() == 1) return ofDataset.getFirst();
        throw new FreshetException(
                ErrorCode.UNKNOWN_ID,
                ofDataset.isEmpty()
                        ? "there is no task '" + name + "'; a task is named like ingest:orders"
                        : "'" + name + "' may be "
                                + String.join(
                                        " or ",
                                        ofDataset.stream().map(TaskRow::task).toList()) + "; choose one");
    }

    /// Returns whether that changed anything.
    boolean setPaused(TaskRow row, boolean paused) {
        Schedule schedule = schedules.get(owner(row));
        schedules.setEnabled(schedule.id(), !paused);
        return schedule.enabled() == paused;
    }

    private static String owner(TaskRow row) {
        @Nullable String owner = row.scheduleId();
        if (owner == null) {
            throw new FreshetException(
                    ErrorCode.BAD_USAGE,
                    row.task() + " belongs to no schedule: nothing starts it but a command, so there is nothing to "
                            + "pause or resume");
        }
        return owner;
    }
}
