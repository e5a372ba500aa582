package dev.freshet.control;

/// What became of a release.
public sealed interface ReleaseOutcome {
    /// @param row as the release left it
    record Released(TaskRow row) implements ReleaseOutcome {}

    /// Another claim has the task, or had it since; nothing was written.
    record LeaseLost() implements ReleaseOutcome {}

    /// The store did not say; releasing again is safe.
    record Unknown(String reason) implements ReleaseOutcome {}
}
