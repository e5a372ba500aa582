package dev.freshet.control;

import dev.freshet.host.Host;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/// Requests to run a task now.
final class Requests {
    private Requests() {}

    static Edit now(String task, Host host) {
        return new Edit(task, row -> Optional.of(requested(row.orElseGet(() -> TaskRow.idle(task, host.now())), host)));
    }

    /// A new request is later than every one before it, whatever this machine's clock says.
    private static TaskRow requested(TaskRow row, Host host) {
        Instant request = Stream.of(row.requestedAt(), row.servingRequest())
                .flatMap(Stream::ofNullable)
                .map(earlier -> earlier.plus(1, ChronoUnit.MICROS))
                .reduce(host.now(), (a, b) -> a.isAfter(b) ? a : b);
        return row.with().requestedAt(request).build();
    }
}
