package dev.freshet.schedule;

import java.time.Instant;

/// When a schedule is due. Immutable, no clock inside: the same arguments give the same answer on every machine.
public sealed interface Trigger permits Interval, Cron {
    /// The due time that follows the one just settled, when the run that settled it completed at the given time.
    Instant next(Instant dueAt, Instant completedAt);

    /// The due times from `due`, which is one, up to and including `now`.
    Passed passed(Instant due, Instant now);

    /// Whether due times that come while a run is going are skipped instead of waiting for its end.
    boolean skipsWhileRunning();
}
