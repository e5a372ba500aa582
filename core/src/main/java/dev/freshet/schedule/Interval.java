package dev.freshet.schedule;

import java.time.Duration;
import java.time.Instant;

/// Due again and again, a fixed time apart.
public record Interval(Duration every, Strategy strategy) implements Trigger {
    @Override
    public Instant next(Instant dueAt, Instant completedAt) {
        return switch (strategy) {
            case SINCE_COMPLETION -> completedAt.plus(every);
            case ANCHORED, ANCHORED_SKIP -> dueAt.plus(every);
        };
    }
}
