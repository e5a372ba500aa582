package dev.freshet.schedule;

import java.time.Duration;
import java.util.List;

/// How often and after which pauses a failed run is tried again. A retry keeps the due time. An empty list means that
/// one failure settles it.
public record Retry(List<Duration> delays) {
    /// One, five and fifteen minutes.
    public static final Retry DEFAULT =
            new Retry(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15)));

    public Retry {
        delays = List.copyOf(delays);
    }
}
