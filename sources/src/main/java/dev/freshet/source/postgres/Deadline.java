package dev.freshet.source.postgres;

import dev.freshet.host.Host;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A moment by which something must have happened.
record Deadline(Host host, long nanos) {
    static Deadline in(Host host, Duration duration) {
        return new Deadline(host, host.nanos() + duration.toNanos());
    }

    /// What is left, as sockets want it.
    ///
    /// @throws SocketTimeoutException if nothing is left, which a socket would take for eternity
    int millis() throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos - host.nanos());
        if (millis <= 0) {
            throw new SocketTimeoutException("it takes too long");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }
}
