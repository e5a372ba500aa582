package dev.freshet.event;

import java.time.Duration;

/// When what waits is written: after the interval, or as soon as so many events wait. A flush takes all that wait, up
/// to `bytes`; so much of it does not wait for the pace of the table's commits either. Immutable.
public record FlushTerms(int events, Duration interval, int bytes) {
    /// Five seconds, 100 events, 8 MB.
    public static final FlushTerms DEFAULT = new FlushTerms(100, Duration.ofSeconds(5), 8 << 20);

    public FlushTerms {
        if (events < 1 || interval.isNegative() || bytes < 1) {
            throw new IllegalArgumentException("a flush takes at least one event");
        }
    }
}
