package dev.freshet.schedule;

import java.time.Duration;
import java.time.Instant;

/// Due again and again, a fixed time apart.
public record Interval(Duration every, Strategy strategy) implements Trigger {
    @Override
    public Instant next(Instant dueAt, Instant completedAt) {
        return switch (strategy) {
            case SINCE_COMPLETION -> completedAt.plus(every);
            case ANCHORED -> dueAt.plus(every);
            case ANCHORED_SKIP -> after(dueAt, completedAt);
        };
    }

    /// The first due time of the rhythm that `dueAt` belongs to, after it and after the completion.
    private Instant after(Instant dueAt, Instant completedAt) {
        Instant late = completedAt.isBefore(dueAt) ? dueAt : completedAt;
        return dueAt.plus(every.multipliedBy(Duration.between(dueAt, late).dividedBy(every) + 1));
    }

    @Override
    public Passed passed(Instant due, Instant now) {
        long more = strategy == Strategy.SINCE_COMPLETION || now.isBefore(due)
                ? 0
                : Duration.between(due, now).dividedBy(every);
        Instant latest = due.plus(every.multipliedBy(more));
        return new Passed(latest, more == 0 ? null : new DueRange(due, latest.minus(every), more));
    }

    @Override
    public boolean skipsWhileRunning() {
        return strategy == Strategy.ANCHORED_SKIP;
    }
}
