package dev.freshet.table;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import java.time.Duration;

/// How long one commit goes on after others were faster: a bounded number of tries, with growing, jittered
/// pauses. Confined to one thread.
final class Backoff {
    private static final long FIRST_MILLIS = 4;
    private static final long LONGEST_MILLIS = 500;

    private final Host host;
    private final int tries;
    private final long patienceNanos;
    private final long start;
    private int tried;

    Backoff(Host host, int tries, Duration patience) {
        this.host = host;
        this.tries = tries;
        this.patienceNanos = patience.toNanos();
        this.start = host.nanos();
    }

    /// Waits and says true, or says that it is enough.
    boolean again() {
        tried++;
        if (tried >= tries || host.nanos() - start >= patienceNanos) {
            return false;
        }
        long longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(tried, 10));
        pause(Duration.ofMillis(host.random().nextLong(longest)));
        return true;
    }

    String described() {
        return tried + (tried == 1 ? " try" : " tries");
    }

    private void pause(Duration pause) {
        try {
            host.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FreshetException(ErrorCode.CANCELLED, "the commit was cancelled before anything was written", e);
        }
    }
}
