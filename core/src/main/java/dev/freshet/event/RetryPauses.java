package dev.freshet.event;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// How long a lane waits before it tries a batch again: longer each time, up to a minute.
final class RetryPauses {
    private static final List<Duration> FIRST =
            List.of(Duration.ofMillis(1700), Duration.ofMillis(3300), Duration.ofSeconds(5));

    /// After so many retries a batch is not expected to be stored soon.
    static final int FEW = FIRST.size();

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration WHEN_CLOSING = Duration.ofMillis(500);
    private static final int MOST_DOUBLINGS = 4;

    private RetryPauses() {}

    /// @param attempts that failed, from 1; a tenth more or less, so that many lanes do not come at once
    static Duration after(int attempts, RandomGenerator random) {
        long nanos = exactly(attempts).toNanos();
        return Duration.ofNanos(nanos + random.nextLong(nanos / 5 + 1) - nanos / 10);
    }

    private static Duration exactly(int attempts) {
        if (attempts <= FEW) {
            return FIRST.get(attempts - 1);
        }
        Duration longer = FIRST.getLast().multipliedBy(1L << Math.min(attempts - FEW, MOST_DOUBLINGS));
        return longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    }

    static Duration shortened(Duration pause) {
        return pause.compareTo(WHEN_CLOSING) < 0 ? pause : WHEN_CLOSING;
    }
}
