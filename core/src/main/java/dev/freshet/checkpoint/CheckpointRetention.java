package dev.freshet.checkpoint;

import java.time.Duration;

/// What of the checkpoints of a task is kept. Immutable.
///
/// @param kept how many checkpoints a collection leaves, at least 1; with 1 there is nothing to fall back on when
///   the newest is damaged
/// @param floor no document of the catalog is removed that is younger, by the store's own times: a process may be
///   paused for so long and still find what it knew
public record CheckpointRetention(int kept, Duration floor) {
    /// Two checkpoints, and an hour.
    public static final CheckpointRetention DEFAULT = new CheckpointRetention(2, Duration.ofHours(1));

    public CheckpointRetention {
        if (kept < 1 || floor.isNegative()) {
            throw new IllegalArgumentException("at least one checkpoint is kept, and no floor is negative");
        }
    }

    public CheckpointRetention withKept(int newKept) {
        return new CheckpointRetention(newKept, floor);
    }
}
