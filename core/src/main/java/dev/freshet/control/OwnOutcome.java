package dev.freshet.control;

/// Whether a schedule owns a task's dataset now.
public sealed interface OwnOutcome {
    record Owned(TaskRow row) implements OwnOutcome {}

    record OwnedBy(String scheduleId) implements OwnOutcome {}

    /// The store did not say; asking again is safe.
    record Unknown(String reason) implements OwnOutcome {}
}
