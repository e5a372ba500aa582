package dev.freshet.control;

import dev.freshet.control.ReleaseOutcome.LeaseLost;
import dev.freshet.control.ReleaseOutcome.Released;
import dev.freshet.host.Guard;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The end of a lease, when its work has ended and no commit of it is unresolved. The row becomes idle, claimed and
/// completed now, and the request that was served is cleared; then `change` has the last word, except that the due
/// time after a settled one is always later. It keeps its token, so that releasing again is known for what it is.
public record Release(Lease lease, UnaryOperator<TaskRow> change) {
    Verdict<ReleaseOutcome> on(Optional<TaskRow> row, Moment moment) {
        if (row.isEmpty()
                || (moment.keeps().test(Guard.TOKEN)
                        && !lease.token().equals(row.get().token()))) {
            return Verdict.leave(new LeaseLost());
        }
        if (!row.get().isProcessing()) {
            return Verdict.leave(new Released(row.get()));
        }
        TaskRow released = forward(row.get(), change.apply(idle(row.get(), moment.now())));
        return Verdict.write(released, new Released(released));
    }

    private static TaskRow idle(TaskRow held, Instant now) {
        boolean served = Objects.equals(held.requestedAt(), held.servingRequest());
        return held.with()
                .status(TaskStatus.IDLE)
                .claimedAt(now)
                .completedAt(now)
                .requestedAt(served ? null : held.requestedAt())
                .build();
    }

    private static TaskRow forward(TaskRow held, TaskRow released) {
        Instant settled = released.dueAt() == null ? held.dueAt() : null;
        Instant until = TaskRow.later(released.settledUntil(), settled);
        if (until == null) {
            return released;
        }
        Instant next = released.nextRunAt().isAfter(until) ? released.nextRunAt() : until.plus(1, ChronoUnit.MICROS);
        return released.with().settledUntil(until).nextRunAt(next).build();
    }
}
