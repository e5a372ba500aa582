package dev.freshet.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The due times that passed up to now: the latest of them, and those before it, if any.
record Passed(Instant latest, @Nullable DueRange before) {
    DueRange all() {
        return before == null
                ? new DueRange(latest, latest, 1)
                : new DueRange(before.from(), latest, before.count() + 1);
    }
}
