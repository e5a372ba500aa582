package dev.freshet.control;

import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.control.LeaseOutcome.HeldBy;
import dev.freshet.control.LeaseOutcome.NotDue;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The wish to hold a task.
///
/// @param lease how long the task stays this pod's without a renewal
/// @param eviction of a holder that need not have expired; null for every ordinary claim
public record Claim(
        String task,
        Duration lease,
        ClaimTerms terms,
        @Nullable Eviction eviction) {
    public Claim {
        if (lease.toMillis() <= 0) {
            throw new IllegalArgumentException("a lease lasts a millisecond at least: " + task);
        }
    }

    public Claim(String task, Duration lease, ClaimTerms terms) {
        this(task, lease, terms, null);
    }

    Verdict<LeaseOutcome> on(Optional<TaskRow> row, Moment moment) {
        boolean held = row.filter(TaskRow::isProcessing).isPresent();
        if (held && !evicts(row.orElseThrow()) && !moment.expired().test(row.orElseThrow())) {
            return Verdict.leave(heldBy(row.orElseThrow()));
        }
        Optional<TaskRow> granted =
                terms.grant(row, held).or(() -> row.filter(_ -> held).map(Claim::servingItsRequest));
        return granted.map(wanted -> take(row, wanted, held, moment))
                .orElseGet(() -> Verdict.leave(notDue(row, moment)));
    }

    private boolean evicts(TaskRow held) {
        return eviction != null && eviction.meets(held);
    }

    /// The row as a claim has it that any process may make: it serves the request that is pending, if one is.
    static TaskRow servingItsRequest(TaskRow row) {
        return row.with().servingRequest(row.requestedAt()).build();
    }

    private static HeldBy heldBy(TaskRow row) {
        return new HeldBy(row.podId(), Objects.requireNonNullElse(row.instanceId(), ""), row.claimedAt());
    }

    private static NotDue notDue(Optional<TaskRow> row, Moment moment) {
        return new NotDue(row.map(TaskRow::readyAt).orElse(moment.now()));
    }

    private Verdict<LeaseOutcome> take(Optional<TaskRow> former, TaskRow wanted, boolean reclaimed, Moment moment) {
        String token = moment.tokens().get();
        TaskRow row = wanted.with()
                .status(TaskStatus.PROCESSING)
                .podId(moment.pod().id())
                .instanceId(moment.pod().instanceId())
                .claimedAt(moment.now())
                .completedAt(null)
                .token(token)
                .heartbeat(0)
                .fence(moment.fence())
                .lease(lease)
                .build();
        Eviction forced = former.filter(this::evicts).map(_ -> eviction).orElse(null);
        Lease held = new Lease(task, token, moment.fence(), lease, former, reclaimed, row, moment.nanos(), forced);
        return Verdict.write(row, new Granted(held));
    }
}
