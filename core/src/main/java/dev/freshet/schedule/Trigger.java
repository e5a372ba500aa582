package dev.freshet.schedule;

import java.time.Instant;

/// When a schedule is due. Due times of one schedule are strictly ascending, whatever the clocks of the processes that
/// compute them say. Immutable, no clock inside.
public sealed interface Trigger permits Interval, Cron {
    /// The due time that follows the one just settled, when the run that settled it completed at the given time.
    Instant next(Instant dueAt, Instant completedAt);
}
