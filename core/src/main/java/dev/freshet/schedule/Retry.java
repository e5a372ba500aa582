package dev.freshet.schedule;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// How often and after which pauses a failed run is tried again. A retry keeps the due time. An empty list means
/// that one failure settles it.
public record Retry(List<Duration> delays) {
    /// One, five and fifteen minutes.
    public static final Retry DEFAULT =
            new Retry(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15)));

    public Retry {
        delays = List.copyOf(delays);
    }

    /// Whether the attempt with that number, from 1, is the last.
    boolean isLast(int attempt) {
        return attempt > delays.size();
    }

    /// How long to wait after a failed attempt that is not the last: its delay, a tenth more or less.
    Duration delayAfter(int attempt, RandomGenerator random) {
        Duration delay = delays.get(attempt - 1);
        return Duration.ofMillis(Math.round(delay.toMillis() * random.nextDouble(0.9, 1.1)));
    }
}
