package dev.freshet.control;

import java.time.Duration;

/// How the control table is kept small. Times are the store's own, compared with its newest file of the table's log.
///
/// @param floor nothing younger is ever removed; ten times the longest lease in the table counts when that is longer
/// @param history how far back the table's rows can be read; at least the floor
/// @param checkpointEvery how many versions lie between two checkpoints of a table that is created with this
/// @param cleanEvery how many versions lie between two cleanings
public record ControlUpkeep(Duration floor, Duration history, int checkpointEvery, int cleanEvery) {
    /// An hour, six hours, and every 500 versions.
    public static final ControlUpkeep DEFAULT = new ControlUpkeep(Duration.ofHours(1), Duration.ofHours(6), 500, 500);

    public ControlUpkeep {
        if (floor.isNegative() || checkpointEvery < 1 || cleanEvery < 1) {
            throw new IllegalArgumentException("a table is kept every so many versions, down to a floor");
        }
        history = history.compareTo(floor) < 0 ? floor : history;
    }

    /// The same with these times.
    public ControlUpkeep withTimes(Duration newFloor, Duration newHistory) {
        return new ControlUpkeep(newFloor, newHistory, checkpointEvery, cleanEvery);
    }
}
