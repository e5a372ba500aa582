package dev.freshet.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks in the ledger for the run that served a request, whoever ran it. Confined to one thread.
final class Follower {
    private final Surroundings around;
    private final String task;
    private final Instant request;
    /// Runs that were over before the request was made: whatever the clocks say, they did not serve it.
    private final Set<String> before;

    private final Duration every;
    private long nextLook;
    private @Nullable RunRecord run;

    private Follower(Surroundings around, String task, Instant request, Set<String> before, Duration every) {
        this.around = around;
        this.task = task;
        this.request = request;
        this.before = before;
        this.every = every;
        this.nextLook = around.host().nanos() + every.toNanos();
    }

    /// @param request makes the request and says its time
    static Follower of(Surroundings around, String task, Supplier<Instant> request, Duration every) {
        Set<String> before =
                around.ledger().runs(task).stream().map(RunRecord::runId).collect(Collectors.toSet());
        return new Follower(around, task, request.get(), before, every);
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
                .filter(known -> !before.contains(known.runId()))
                .filter(known -> known.outcome().ran() && known.outcome() != Outcome.LOST)
                .filter(known ->
                        known.requestedAt() != null && !known.requestedAt().isBefore(request))
                .findFirst();
    }

    Optional<RunRecord> run() {
        return Optional.ofNullable(run);
    }
}
