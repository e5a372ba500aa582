package dev.freshet.schedule;

import dev.freshet.checkpoint.Checkpointer;
import dev.freshet.event.EventType;
import dev.freshet.host.Host;
import dev.freshet.store.Store;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.Fence;
import dev.freshet.table.Position;
import dev.freshet.table.Snapshot;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What a [Task] gets from its runner: who it is, what its target held when the run began, and the only way to
/// commit. The context adds fence, due time and position to every commit. Safe for use by the threads of one run;
/// useless after it.
public interface RunContext {
    /// The id of this run: the token of its claim, unique for ever.
    String runId();

    /// The task's name, such as `ingest:orders`.
    String task();

    /// The due time that this run settles, if it has one.
    Optional<Instant> dueAt();

    /// The request that this run serves, if there was one.
    Optional<Instant> requestedAt();

    /// The fence that every commit of this run carries.
    Fence fence();

    /// The target as it was when the run began; empty if there was no table.
    Optional<Snapshot> target();

    /// The position of the target when the run began, moved on by this run's own commits: where to read on from.
    Position startedFrom();

    /// Commits to the target, decided on its newest snapshot: refused when a newer holder raised the fence, when this
    /// due time or request is settled already, or when the position moved. The outcome also reaches the runner, so a
    /// task that cannot go on may just end or throw.
    ///
    /// @param change what to do to the newest snapshot; its files are written and visible already
    /// @param to the position that the target has with this commit
    /// @param extras what else rides in the domain `freshet.<role>`, such as the lineage; `rows` and `bytes`, if
    ///     given, are the figures of the run for whoever adopts it
    CommitOutcome commit(Function<Optional<Snapshot>, Change> change, Position to, Map<String, Object> extras);

    /// One of several commits of this run. It is refused like the others but settles nothing: should the run die, its
    /// work is due again, and what the steps did is for the task to find in the target. Nothing is written when the
    /// change is empty, because the newest snapshot leaves nothing to do; that is a conflict, as is a race that was
    /// lost too often, and both are for the task to judge.
    ///
    /// @param change what to do to the newest snapshot, if anything; its files are written and visible already
    CommitOutcome step(Function<Optional<Snapshot>, Optional<Change>> change, Position to, Map<String, Object> extras);

    /// The checkpoints of this task, to go on from what earlier runs of it left and to leave something to the next;
    /// opened by the first call. For one thread of the run at a time.
    Checkpointer checkpointer();

    /// Says how many rows the run will have, about, so that progress can be shown as a share.
    void expect(long rows);

    /// Reports what has been done so far, in all. A run whose figures stand still for its stall limit is failed.
    void progress(long rows, long bytes);

    /// Says what was done, for whoever reads the events; run and task are known.
    ///
    /// @param details plain JSON values by names in snake_case, in the order in which they shall be shown
    void happened(EventType type, Map<String, ?> details);

    /// True once the run shall end: it was stopped, it stalled, or its lease may have run out.
    boolean cancelled();

    /// Runs the action when the run is cancelled, at once if it is already: to close a connection, say.
    void onCancel(Runnable action);

    Host host();

    Store store();
}
