package dev.freshet.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks in the ledger for the run that served a request, whoever ran it. Confined to one thread.
final class Follower {
    private final Surroundings around;
    private final String task;
    private final Instant request;
    private final Duration every;
    private long nextLook;
    private @Nullable RunRecord run;

    Follower(Surroundings around, String task, Instant request, Duration every) {
        this.around = around;
        this.task = task;
        this.request = request;
        this.every = every;
        this.nextLook = around.host().nanos() + every.toNanos();
    }

    boolean found() {
        long now = around.host().nanos();
        if (run == null && now - nextLook >= 0) {
            nextLook = now + every.toNanos();
            run = look().orElse(null);
        }
        return run != null;
    }

    /// A newer request includes this one.
    private Optional<RunRecord> look() {
        return around.ledger().runs(task).stream()
                .filter(known -> known.outcome().ran() && known.outcome() != Outcome.LOST)
                .filter(known ->
                        known.requestedAt() != null && !known.requestedAt().isBefore(request))
                .findFirst();
    }

    Optional<RunRecord> run() {
        return Optional.ofNullable(run);
    }
}
