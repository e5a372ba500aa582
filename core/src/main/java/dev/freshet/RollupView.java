package dev.freshet;

import dev.freshet.control.TaskRow;
import dev.freshet.rollup.RollupStatus;
import dev.freshet.schedule.Schedule;
import java.util.Locale;
import java.util.Optional;

/// A rollup as people look at it: its definition, how it stands against its facts, its task. Immutable.
///
/// @param facts the folder of the table that it is made from, such as `datasets/task_usage`
/// @param task its row in the control table; empty before anybody looked at it
public record RollupView(Schedule schedule, RollupStatus status, String facts, Optional<TaskRow> task) {
    /// How it stands.
    public enum State {
        /// Every change of the facts is in it.
        FRESH,
        /// Some changes of the facts are not in it yet.
        STALE,
        /// Its history is being computed, or was when somebody stopped.
        BACKFILLING,
        /// Its history has to be computed again; the next run does so.
        REBUILD_REQUIRED,
        /// There are no facts yet.
        WAITING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The most telling one.
    public State state() {
        if (status.factsVersion().isEmpty()) return State.WAITING;
        if (status.underWay() != null) return State.BACKFILLING;
        if (status.rebuildRequired() != null) return State.REBUILD_REQUIRED;
        return status.staleSince() == null ? State.FRESH : State.STALE;
    }
}
