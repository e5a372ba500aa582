package dev.freshet.schedule;

import dev.freshet.control.Lease;
import dev.freshet.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Hears what a [Runner] does, to show it: log lines, a progress bar, later events. Called from the runner's
/// threads, one call at a time per run; it must be quick and must not throw. Nothing is decided here. Every method
/// does nothing unless overridden.
public interface RunListener {
    /// A listener that ignores everything.
    RunListener NONE = new RunListener() {};

    /// This process got the lease of a task, and what the task does now is its.
    default void granted(Lease lease) {}

    /// This process had the lease of a task and let it go without a release: it ran out, or another process took it.
    default void leaseLost(Lease lease, String why) {}

    /// A due time has come and its first run begins.
    default void fired(String runId, String task, String schedule, Instant dueAt) {}

    /// A run begins: the run's id, its task and which attempt it is, from 1.
    default void started(String runId, String task, int attempt) {}

    /// A run expects about so many rows.
    default void expecting(String runId, String task, long rows) {}

    /// A run moved on: figures of the whole run so far.
    default void progress(String runId, String task, long rows, long bytes) {}

    /// A task says what it did, beside what its run is: plain JSON values by names in snake_case.
    default void happened(String runId, String task, EventType type, Map<String, ?> details) {}

    /// An attempt ended and its record is in the ledger. `retryIn` is zero unless it will be tried again.
    default void finished(RunRecord run, Duration retryIn) {}

    /// Why an attempt failed, in full, for those who look for the cause. The record says it for users.
    default void failed(String runId, String task, Throwable cause) {}

    /// A foreground command waits for a task that another pod holds, since a time by that pod's clock.
    default void waiting(String task, String podId, Instant since) {}

    /// The work of a dead or stopped holder was found in the target and taken over as this run.
    default void adopted(RunRecord run) {}

    /// A former attempt left nothing behind and was recorded as lost.
    default void lost(RunRecord run) {}

    /// Due times were skipped or missed.
    default void passedOver(RunRecord range) {}

    /// The lease of a silent holder expired and was taken over from the named pod.
    default void reclaimed(String task, String formerPod) {}

    /// Something needs attention but stops nothing, such as a definition that cannot be read.
    default void warning(String message) {}
}
