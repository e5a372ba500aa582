package dev.freshet.maintain;

import dev.freshet.checkpoint.Checkpointer;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A run of maintenance without a runner: it commits for real, under a fence that the test chooses.
final class StepRun implements RunContext {
    private final Store store;
    private final Host host;
    private final String task;
    private final Fence fence;
    private final Duration vacuumAge;
    private final DeltaTable table;
    private final String runId;
    final List<String> happened = new ArrayList<>();
    private int steps;
    volatile boolean cancelled;

    StepRun(Store store, Host host, TableFolder folder, long fence, Duration vacuumAge) {
        this.store = store;
        this.host = host;
        this.task = "maintain:" + folder.name();
        this.fence = new Fence(0, fence);
        this.vacuumAge = vacuumAge;
        this.table = DeltaTable.withoutUpkeep(store, folder.path(), host);
        this.runId = host.newId();
    }

    @Override
    public CommitOutcome step(
            Function<Optional<Snapshot>, Optional<Change>> change, Position to, Map<String, Object> extras) {
        steps++;
        Mark mark = new Mark(
                "maintain", task, fence, runId, Optional.empty(), Optional.empty(), to, "step-" + steps, extras);
        return new FencedWrite(host, vacuumAge).commitAny(table, mark, startedFrom(), OnForeignCommit.PROCEED, change);
    }

    @Override
    public CommitOutcome commit(Function<Optional<Snapshot>, Change> change, Position to, Map<String, Object> extras) {
        throw new AssertionError("maintenance settles nothing in the table");
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
        return Position.none();
    }

    @Override
    public Checkpointer checkpointer() {
        throw new AssertionError("maintenance keeps no checkpoints");
    }

    @Override
    public void expect(long rows) {}

    @Override
    public void progress(long rows, long bytes) {}

    @Override
    public void happened(EventType type, Map<String, ?> details) {
        happened.add(type.text() + " " + details.get("what"));
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {}

    @Override
    public Host host() {
        return host;
    }

    @Override
    public Store store() {
        return store;
    }
}
