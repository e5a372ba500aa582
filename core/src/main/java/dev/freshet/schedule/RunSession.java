package dev.freshet.schedule;

import dev.freshet.checkpoint.CheckpointRetention;
import dev.freshet.checkpoint.Checkpointer;
import dev.freshet.checkpoint.Tenure;
import dev.freshet.control.Lease;
import dev.freshet.control.TaskRow;
import dev.freshet.error.FreshetException;
import dev.freshet.event.EventType;
import dev.freshet.host.Guard;
import dev.freshet.host.Host;
import dev.freshet.store.Store;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Fence;
import dev.freshet.table.FencedWrite;
import dev.freshet.table.LogRetention;
import dev.freshet.table.Mark;
import dev.freshet.table.Position;
import dev.freshet.table.Snapshot;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run under its lease: what its task sees of it, and what the runner asks of it. Fields are either final,
/// volatile or atomic; there is no lock. Commits come from one thread at a time.
final class RunSession implements RunContext {
    private static final Logger LOG = LoggerFactory.getLogger(RunSession.class);

    private final Surroundings around;
    private final Job job;
    private final DeltaTable table;
    private final TaskRow claimed;
    private final Queue<Runnable> onCancel = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Cancellation> cancellation = new AtomicReference<>();
    private final AtomicInteger steps = new AtomicInteger();

    private volatile Lease lease;
    private volatile Optional<Snapshot> target = Optional.empty();
    private volatile Position position = Position.none();
    private volatile @Nullable CommitOutcome lastCommit;
    private volatile boolean committed;
    private volatile Progress progress;
    private volatile @Nullable Checkpointer checkpointer;

    /// Figures so far, and when they last changed.
    private record Progress(long rows, long bytes, long nanos) {}

    RunSession(Surroundings around, Job job, Lease lease) {
        this.around = around;
        this.job = job;
        this.lease = lease;
        this.claimed = lease.row();
        this.table = new DeltaTable(around.store(), job.target().path(), around.host(), logs(around, lease));
        this.progress = new Progress(0, 0, around.host().nanos());
    }

    private static LogRetention logs(Surroundings around, Lease lease) {
        return around.options().logs().outlasting(lease.length());
    }

    /// Looks at the target, before the task does.
    void begin(Optional<Snapshot> found) {
        target = found.filter(Snapshot::hasColumns);
        position = found.flatMap(snapshot -> Mark.in(snapshot, job.target().role()))
                .map(Mark::position)
                .orElse(Position.none());
        progress = new Progress(0, 0, around.host().nanos());
    }

    DeltaTable table() {
        return table;
    }

    Lease lease() {
        return lease;
    }

    void renewed(Lease newLease) {
        lease = newLease;
    }

    @Nullable
    CommitOutcome lastCommit() {
        return lastCommit;
    }

    @Nullable
    Cancellation cancellation() {
        return cancellation.get();
    }

    /// Whether any of its commits is in the target, though a later one was refused.
    boolean hasCommitted() {
        return committed;
    }

    long rows() {
        return progress.rows;
    }

    long bytes() {
        return progress.bytes;
    }

    boolean isStalled() {
        return around.host().nanos() - progress.nanos >= job.stallLimit().toNanos();
    }

    /// Tells the run to end; the first reason stays.
    boolean cancel(Cancellation why) {
        if (!cancellation.compareAndSet(null, why)) {
            return false;
        }
        for (Runnable action = onCancel.poll(); action != null; action = onCancel.poll()) {
            quietly(action);
        }
        return true;
    }

    /// What a task wants to happen must not keep the runner from its other runs.
    private void quietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            around.listener().failed(runId(), task(), e);
        }
    }

    @Override
    public String runId() {
        return lease.token();
    }

    @Override
    public String task() {
        return job.task();
    }

    @Override
    public Optional<Instant> dueAt() {
        return Optional.ofNullable(Claims.dueInProgress(claimed));
    }

    @Override
    public Optional<Instant> requestedAt() {
        return Optional.ofNullable(claimed.servingRequest());
    }

    @Override
    public Fence fence() {
        return lease.fence();
    }

    @Override
    public Optional<Snapshot> target() {
        return target;
    }

    @Override
    public Position startedFrom() {
        return position;
    }

    @Override
    public CommitOutcome commit(Function<Optional<Snapshot>, Change> change, Position to, Map<String, Object> extras) {
        Mark mark = mark(dueAt(), requestedAt(), to, "committed", extras);
        CommitOutcome outcome = decided(mark, change.andThen(Optional::of));
        lastCommit = outcome;
        return outcome;
    }

    /// What a step did is not how the run ends, unless nobody knows what it did, or this holder may do no more.
    @Override
    public CommitOutcome step(
            Function<Optional<Snapshot>, Optional<Change>> change, Position to, Map<String, Object> extras) {
        Mark mark = mark(Optional.empty(), Optional.empty(), to, "step-" + steps.incrementAndGet(), extras);
        CommitOutcome outcome = decided(mark, change);
        if (outcome instanceof CommitOutcome.Unknown || outcome instanceof CommitOutcome.Fenced) {
            lastCommit = outcome;
        }
        return outcome;
    }

    private Mark mark(
            Optional<Instant> due, Optional<Instant> request, Position to, String state, Map<String, Object> extras) {
        return new Mark(job.target().role(), task(), fence(), runId(), due, request, to, state, extras);
    }

    private CommitOutcome decided(Mark mark, Function<Optional<Snapshot>, Optional<Change>> change) {
        host().reach("before-data-commit");
        requireLease();
        CommitOutcome outcome = new FencedWrite(host(), around.options().logs().files())
                .commitAny(table, mark, position, job.target().onForeignCommit(), newest -> {
                    requireLease();
                    return change.apply(newest);
                });
        if (outcome instanceof CommitOutcome.Committed) {
            position = mark.position();
            committed = true;
            host().reach("after-data-commit");
        }
        return outcome;
    }

    @Override
    public Checkpointer checkpointer() {
        Checkpointer opened = checkpointer;
        if (opened == null) {
            Tenure tenure = new Tenure(task(), fence(), this::requireLease);
            opened = Checkpointer.open(store(), host(), tenure, retention(), new CheckpointEvents(this));
            checkpointer = opened;
        }
        return opened;
    }

    private CheckpointRetention retention() {
        return new CheckpointRetention(
                around.options().checkpointsKept(), logs(around, lease).floor());
    }

    /// False once so much of the lease has passed that others may soon take the task.
    boolean mayCommit() {
        return lease.mayCommit(host().nanos()) || !host().keeps(Guard.EARLY_STOP);
    }

    private void requireLease() {
        if (!mayCommit()) {
            cancel(Cancellation.LEASE_RAN_OUT);
        }
        Cancellation why = cancellation.get();
        if (why != null) {
            LOG.warn("{}: run {}: it commits nothing any more: {}", task(), runId(), Failure.text(why, job));
            throw new FreshetException(
                    why.code(), task() + ": nothing is committed any more: " + Failure.text(why, job));
        }
    }

    @Override
    public void expect(long rows) {
        around.listener().expecting(runId(), task(), rows);
    }

    @Override
    public void progress(long rows, long bytes) {
        Progress former = progress;
        if (rows != former.rows || bytes != former.bytes) {
            progress = new Progress(rows, bytes, host().nanos());
            around.listener().progress(runId(), task(), rows, bytes);
        }
    }

    @Override
    public void happened(EventType type, Map<String, ?> details) {
        around.listener().happened(runId(), task(), type, details);
    }

    @Override
    public boolean cancelled() {
        return cancellation.get() != null;
    }

    @Override
    public void onCancel(Runnable action) {
        onCancel.add(action);
        if (cancelled() && onCancel.remove(action)) {
            quietly(action);
        }
    }

    @Override
    public Host host() {
        return around.host();
    }

    @Override
    public Store store() {
        return around.store();
    }
}
