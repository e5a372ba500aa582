package dev.freshet.schedule;

import dev.freshet.host.Host;
import dev.freshet.store.Store;
import java.time.Instant;
import java.util.Optional;

/// What a [Task] gets from its runner: who it is, what its target held when the run began, and the only way to commit.
/// The context adds fence, due time and position to every commit. Safe for use by the threads of one run; useless
/// after it.
public interface RunContext {
    /// The id of this run: the token of its claim, unique for ever.
    String runId();

    /// The task's name, such as `ingest:orders`.
    String task();

    /// The due time that this run settles, if it has one.
    Optional<Instant> dueAt();

    /// The request that this run serves, if there was one.
    Optional<Instant> requestedAt();

    /// Reports what has been done so far, in all. A run whose figures stand still for its stall limit is failed.
    void progress(long rows, long bytes);

    /// True once the run shall end: it was stopped, it stalled, or its lease may have run out.
    boolean cancelled();

    /// Runs the action when the run is cancelled, at once if it is already: to close a connection, say.
    void onCancel(Runnable action);

    Host host();

    Store store();
}
