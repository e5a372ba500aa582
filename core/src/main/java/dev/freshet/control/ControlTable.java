package dev.freshet.control;

import dev.freshet.host.Host;
import dev.freshet.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Coordinates any number of processes through one Delta table in the lake, `_freshet/control`, with one row a
/// task. The table's next version, which only one writer gets, is the only arbiter; everything is decided on the
/// newest version and decided again after a conflict. Safe for use by many threads. Methods throw
/// [dev.freshet.error.FreshetException] when the lake is out of reach or the table cannot be read; then nothing was
/// written.
public final class ControlTable {
    /// Where the table is in every lake.
    public static final String PATH = "_freshet/control";

    public ControlTable(Store store, Host host, Pod pod) {
        throw new UnsupportedOperationException(store.toString() + host + pod);
    }

    public Pod pod() {
        throw new UnsupportedOperationException();
    }

    /// The newest rows, sorted by task; none when the table does not exist. Every read is also an observation:
    /// leases expire only for a process that reads at least each quarter of the shortest one.
    public List<TaskRow> rows() {
        throw new UnsupportedOperationException();
    }

    public Optional<TaskRow> row(String task) {
        throw new UnsupportedOperationException(task);
    }

    /// Whether this process has seen the lease of exactly this state of the row expire.
    public boolean expired(TaskRow row) {
        throw new UnsupportedOperationException(row.toString());
    }

    /// True exactly when a plain claim of the task would be granted to this pod now.
    public boolean isDue(String task) {
        throw new UnsupportedOperationException(task);
    }

    /// Does everything in the plan in one commit, or commits nothing when nothing changes.
    public TickOutcome tick(TickPlan plan) {
        throw new UnsupportedOperationException(plan.toString());
    }

    /// Claims the task if it is due or requested, or if its lease has expired.
    public LeaseOutcome tryClaim(String task, Duration lease) {
        throw new UnsupportedOperationException(task + lease);
    }

    public RenewOutcome renew(Lease lease) {
        throw new UnsupportedOperationException(lease.toString());
    }

    /// Success: due again after the interval.
    public ReleaseOutcome release(Lease lease, Duration interval) {
        throw new UnsupportedOperationException(lease.toString() + interval);
    }

    /// Failure: any pod may try the same due time again at once.
    public ReleaseOutcome releaseOnFailure(Lease lease) {
        throw new UnsupportedOperationException(lease.toString());
    }

    public ReleaseOutcome release(Lease lease, UnaryOperator<TaskRow> change) {
        throw new UnsupportedOperationException(lease.toString() + change);
    }

    /// Asks for a run now; [TaskRow#requestedAt()] of the edited row is the request.
    public EditOutcome request(String task) {
        throw new UnsupportedOperationException(task);
    }

    public EditOutcome edit(Edit edit) {
        throw new UnsupportedOperationException(edit.toString());
    }

    /// Makes the schedule the owner of the task's dataset unless another schedule owns it that still exists.
    public OwnOutcome own(String task, String scheduleId, Predicate<String> exists) {
        throw new UnsupportedOperationException(task + scheduleId + exists);
    }
}
