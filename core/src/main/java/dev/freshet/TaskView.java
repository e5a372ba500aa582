package dev.freshet;

import dev.freshet.control.Heartbeat;
import dev.freshet.control.TaskRow;
import java.time.Instant;
import java.util.Optional;

/// A task as people look at it. Immutable.
///
/// @param paused whether its schedule is disabled, so that only requests run it
/// @param heartbeat the holder's last sign of life; empty if nobody holds the task
/// @param seenAt when this was looked at, by this machine's clock
public record TaskView(TaskRow row, boolean paused, Optional<Heartbeat> heartbeat, Instant seenAt) {
    /// A row of an earlier version: nobody knows any more how old its heartbeat was.
    public static TaskView past(TaskRow row) {
        return new TaskView(row, row.scheduleId() != null && !row.enabled(), Optional.empty(), row.claimedAt());
    }
}
