package dev.freshet.ingest;

import dev.freshet.checkpoint.CheckpointRetention;
import dev.freshet.checkpoint.Checkpointer;
import dev.freshet.checkpoint.Tenure;
import dev.freshet.event.EventType;
import dev.freshet.host.Host;
import dev.freshet.schedule.RunContext;
import dev.freshet.store.Store;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Fence;
import dev.freshet.table.FencedWrite;
import dev.freshet.table.Mark;
import dev.freshet.table.OnForeignCommit;
import dev.freshet.table.Position;
import dev.freshet.table.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A run without a runner: it commits for real, under a fence that the test chooses, and can be cancelled.
public final class TestRun implements RunContext {
    private final Store store;
    private final Host host;
    private final String task;
    private final Fence fence;
    private final String runId;
    private final DeltaTable table;
    private final List<Runnable> actions = new ArrayList<>();
    private final List<EventType> happened = new ArrayList<>();
    private volatile long rows;
    private volatile long expected;
    private volatile boolean cancelled;
    private Runnable onProgress = () -> {};

    public TestRun(Store store, Host host, String dataset, long fence) {
        this.store = store;
        this.host = host;
        this.task = "ingest:" + dataset;
        this.fence = new Fence(0, fence);
        this.runId = host.newId();
        this.table = new DeltaTable(store, "datasets/" + dataset, host);
    }

    public DeltaTable table() {
        return table;
    }

    /// Rows reported so far.
    public long rows() {
        return rows;
    }

    /// What the task told, in order.
    public List<EventType> happened() {
        return List.copyOf(happened);
    }

    public long expected() {
        return expected;
    }

    public void whenProgressing(Runnable action) {
        onProgress = action;
    }

    public void cancel() {
        cancelled = true;
        synchronized (actions) {
            actions.forEach(Runnable::run);
        }
    }

    @Override
    public String runId() {
        return runId;
    }

    @Override
    public String task() {
        return task;
    }

    @Override
    public Optional<Instant> dueAt() {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> requestedAt() {
        return Optional.empty();
    }

    @Override
    public Fence fence() {
        return fence;
    }

    @Override
    public Optional<Snapshot> target() {
        return table.latest();
    }

    @Override
    public Position startedFrom() {
        return target().flatMap(newest -> Mark.in(newest, "ingest"))
                .map(Mark::position)
                .orElse(Position.none());
    }

    @Override
    public CommitOutcome commit(Function<Optional<Snapshot>, Change> change, Position to, Map<String, Object> extras) {
        Mark mark = new Mark("ingest", task, fence, runId, Optional.empty(), Optional.empty(), to, "done", extras);
        return new FencedWrite(host).commit(table, mark, startedFrom(), OnForeignCommit.PROCEED, change);
    }

    @Override
    public CommitOutcome step(
            Function<Optional<Snapshot>, Optional<Change>> change, Position to, Map<String, Object> extras) {
        Mark mark = new Mark("ingest", task, fence, runId, Optional.empty(), Optional.empty(), to, "step", extras);
        return new FencedWrite(host).commitAny(table, mark, startedFrom(), OnForeignCommit.PROCEED, change);
    }

    @Override
    public void happened(EventType type, Map<String, ?> details) {
        happened.add(type);
    }

    @Override
    public Checkpointer checkpointer() {
        return Checkpointer.open(store, host, new Tenure(task, fence, () -> {}), CheckpointRetention.DEFAULT);
    }

    @Override
    public void expect(long rows) {
        expected = rows;
    }

    @Override
    public void progress(long rows, long bytes) {
        this.rows = rows;
        onProgress.run();
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (actions) {
            actions.add(action);
        }
        if (cancelled) {
            action.run();
        }
    }

    @Override
    public Host host() {
        return host;
    }

    @Override
    public Store store() {
        return store;
    }
}
